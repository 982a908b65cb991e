"""The views of version 0002, for the questions that are asked first."""

from __future__ import annotations

from collections.abc import Mapping

_YEAR: Mapping[str, str] = {"sqlite": "CAST(strftime('%Y', {}) AS INTEGER)"}
_KINDS: Mapping[str, str] = {"sqlite": "group_concat(data_kind, ', ')"}

_TIMELINE = """
CREATE VIEW incident_timeline AS
WITH steps AS (
  SELECT incident_id, date, date_begin, date_end, type, factuality,
         min(org) AS org, min(text) AS text, count(DISTINCT doc_id) AS documents, count(*) AS events
    FROM events
   WHERE incident_id IS NOT NULL
   GROUP BY incident_id, date, date_begin, date_end, type, factuality, coalesce(org_id, org)
)
SELECT incident_id,
       row_number() OVER (
         PARTITION BY incident_id
         ORDER BY CASE WHEN coalesce(date_begin, date_end) IS NULL THEN 1 ELSE 0 END,
                  coalesce(date_begin, date_end), coalesce(date_end, date_begin),
                  coalesce(date, '~'), type, coalesce(org, ''), factuality, text
       ) AS step,
       date, date_begin, date_end, type, org, factuality, text, documents, events
  FROM steps
"""

_LEAKS = """
CREATE VIEW leaks_by_organisation AS
WITH claims AS (
  SELECT e.event_id, e.doc_id, l.entity_id AS org_id, n.name AS org,
         CASE e.factuality WHEN 'asserted' THEN 'confirmed' WHEN 'negated' THEN 'denied' ELSE e.factuality END AS claim
    FROM events e
    JOIN event_entities l ON l.event_id = e.event_id
    JOIN entities n ON n.entity_id = l.entity_id
   WHERE e.type = 'data_leak'
  UNION ALL
  SELECT e.event_id, e.doc_id, i.victim_id, coalesce(e.org, i.victim),
         CASE e.factuality WHEN 'asserted' THEN 'confirmed' WHEN 'negated' THEN 'denied' ELSE e.factuality END
    FROM events e
    LEFT JOIN incidents i ON i.incident_id = e.incident_id AND e.org IS NULL
   WHERE e.type = 'data_leak' AND e.org_id IS NULL
), out_on AS (
  SELECT doc_id, max(published_end) AS published FROM documents GROUP BY doc_id
), kinds AS (
  SELECT DISTINCT coalesce(c.org_id, c.org) AS who, c.claim, q.data_kind
    FROM claims c
    JOIN quantities q ON q.event_id = c.event_id
   WHERE q.data_kind IS NOT NULL
), listed AS (
  SELECT who, claim, {kinds} AS data_kinds
    FROM (SELECT who, claim, data_kind FROM kinds ORDER BY who, claim, data_kind) AS sorted
   GROUP BY who, claim
)
SELECT min(c.org) AS org, c.org_id, c.claim, count(DISTINCT c.doc_id) AS documents, count(DISTINCT c.event_id) AS events,
       max(p.published) AS latest, min(k.data_kinds) AS data_kinds
  FROM claims c
  LEFT JOIN out_on p ON p.doc_id = c.doc_id
  LEFT JOIN listed k ON k.who = coalesce(c.org_id, c.org) AND k.claim = c.claim
 WHERE c.claim IN ('confirmed', 'possible', 'denied') AND c.org IS NOT NULL
 GROUP BY coalesce(c.org_id, c.org), c.org_id, c.claim
"""

_DELAY = """
CREATE VIEW disclosure_delay_by_year AS
WITH told AS (
  SELECT {year} AS year, disclosure_days,
         CASE WHEN disclosure_days_min = disclosure_days_max THEN disclosure_days_min END AS days
    FROM incidents
   WHERE detection_begin IS NOT NULL
), ranked AS (
  SELECT year, days, row_number() OVER (PARTITION BY year ORDER BY days) AS place, count(*) OVER (PARTITION BY year) AS number
    FROM told
   WHERE days IS NOT NULL
), middle AS (
  SELECT year, avg(CAST(days AS FLOAT)) AS days
    FROM ranked
   WHERE 2 * place BETWEEN number AND number + 2
   GROUP BY year
)
SELECT t.year, count(*) AS incidents, count(t.disclosure_days) AS known, count(t.days) AS exact,
       min(t.days) AS min_days, avg(CAST(t.days AS FLOAT)) AS mean_days, min(m.days) AS median_days,
       max(t.days) AS max_days
  FROM told t
  LEFT JOIN middle m ON m.year = t.year
 GROUP BY t.year
"""


def made(dialect: str) -> tuple[str, ...]:
    """Return the statements that make the views in ``sqlite``, ``duckdb`` or ``postgresql``."""
    year = _YEAR.get(dialect, "CAST(extract(year FROM {}) AS INTEGER)").format("detection_begin")
    kinds = _KINDS.get(dialect, "string_agg(data_kind, ', ' ORDER BY data_kind)")
    return _TIMELINE, _LEAKS.format(kinds=kinds), _DELAY.format(year=year)
