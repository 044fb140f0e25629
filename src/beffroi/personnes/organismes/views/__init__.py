"""Les pages d'un organisme, par acteur."""
