"""Documents et formats d'échange : des valeurs figées en entrée, des octets en sortie.

Sans Django.
"""
