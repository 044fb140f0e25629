"""Les actes d'un impayé.

Un acte, une transaction, une écriture au journal ; rien ne se fait tout seul, sinon clore.
"""
