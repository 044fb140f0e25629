"""Un formulaire par question : la forme ici, le droit dans les règles."""
