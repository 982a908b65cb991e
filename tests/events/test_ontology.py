from tenmatsu.events.ontology import attack_side, event_types, mapping_sources, response_side
from tenmatsu.events.triggers import TriggerRule
from tenmatsu.knowledge import load


def test_every_type_that_a_rule_gives_is_a_type_of_the_guide():
    given = {rule.type for rule in load("triggers", TriggerRule)}
    given |= {sense.type for rule in load("triggers", TriggerRule) for sense in rule.senses}
    assert given - {"none"} == set(event_types())


def test_the_two_sides_share_nothing_and_leave_nothing_out():
    assert not attack_side() & response_side()
    assert attack_side() | response_side() == set(event_types())


def test_mappings_are_values_of_their_vocabulary():
    for field, source in mapping_sources().items():
        assert source.version
        used = {getattr(one, field) for one in event_types().values()} - {None}
        assert used
        assert used <= set(source.values), field
