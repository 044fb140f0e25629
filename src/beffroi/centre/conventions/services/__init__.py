"""Les actes d'une convention :
la demande, le cycle, les avenants, la fin, le litige, l'assurance, les paramètres.
"""
