"""Les règles de la convention, pures : valeurs nues en entrée, décisions motivées en sortie."""
