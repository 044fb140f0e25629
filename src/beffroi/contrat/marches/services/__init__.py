"""Les actes d'un contrat : un acte, une transaction, une écriture au journal."""
