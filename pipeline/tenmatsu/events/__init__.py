"""Events: triggers found, dated, judged, given an organisation and a source."""
