"""Jusqu'où un paquet d'archives se lit. Au-delà, il est refusé, et le dit."""

MEGAOCTET = 1_000_000

# Mesuré : 10 000 fichiers font un bordereau de 10 Mo,
# dont la vérification demande 130 Mo de mémoire.
OCTETS_DU_BORDEREAU = 32 * MEGAOCTET
# La réponse d'un service d'archives nomme chaque unité : 10 000 y tiennent à l'aise.
OCTETS_D_UNE_REPONSE = 10 * MEGAOCTET
ENTREES = 200_000
# Le sommaire d'un ZIP se lit d'un bloc : 200 000 entrées aux noms d'une longueur ordinaire.
OCTETS_D_UNE_LECTURE = 64 * MEGAOCTET
OCTETS_DEPLIES = 1_000_000 * MEGAOCTET
# Une entrée qui se déplie ainsi n'est pas un document : c'est une bombe.
RAPPORT_DE_COMPRESSION = 250
OCTETS_SANS_SOUPCON = 10 * MEGAOCTET
BLOC = 1_048_576
DEFAUTS_DITS = 200
