"""Les entreprises répondent : des plis scellés, un récépissé, la trace de ce qui s'est passé."""
