"""La chaîne d'essai de l'EICAR, écrite en deux morceaux : ce fichier-ci n'en est pas un."""

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
