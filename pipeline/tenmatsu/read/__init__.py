"""From bytes to a document: decoding and layout."""
