"""Jusqu'où un document se lit. Au-delà, il est refusé, ou lu en partie et le dit."""

MEGAOCTET = 1_000_000

OCTETS_DU_FICHIER = 100 * MEGAOCTET
PAGES = 400
CARACTERES = 1_000_000
CARACTERES_D_UN_PARAGRAPHE = 10_000
PARAGRAPHES = 30_000

# Une archive : un document de traitement de texte est un ZIP de fichiers XML.
MEMBRES = 5_000
OCTETS_D_UNE_PARTIE = 60 * MEGAOCTET
OCTETS_DEPLIES = 150 * MEGAOCTET
RAPPORT_DE_COMPRESSION = 250
OCTETS_SANS_SOUPCON = MEGAOCTET

# Un arbre : ni trop profond, ni trop peuplé.
PROFONDEUR = 200

# L'enclos : le processus où le document se lit.
MEMOIRE_DE_L_ENCLOS = 1_500 * MEGAOCTET
SECONDES_DE_CALCUL = 60
SECONDES_D_ATTENTE = 300
