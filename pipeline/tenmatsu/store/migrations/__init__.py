"""The versions of the tables, one after the other; what a revision says stays as it is once it has been released."""
