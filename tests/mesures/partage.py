"""Qui joue quoi, quand plusieurs processus vont de front :
un fichier ne se partage pas, sauf les quelques-uns trop longs.

Un fichier entier garde son décor à un seul processus. Ceux-ci visitent des centaines d'écrans ou
d'adresses : coupés, ils plantent leur décor une fois de plus, et aucun processus ne finit seul.
"""

from zlib import crc32

from xdist.scheduler import LoadFileScheduling

COUPES = {
    "tests/architecture/test_cloisonnement.py": 2,
    "tests/architecture/test_roles.py": 2,
}
# Celui-ci se coupe par personne : elle ne se connecte qu'une fois, dans un seul processus. Un écran
# a pour nom sa route, qui le regarde, et dans quel état (`tests/parcours/ecran.py`).
PAR_PERSONNE = "tests/parcours/test_ecrans.py"
# Ceux-là lisent tout l'arbre du projet : le même processus l'a lu pour le premier.
LECTEURS_DE_L_ARBRE = "tests/architecture/"
TOURS_D_ADRESSES = tuple(
    f"/test_{tour}.py" for tour in ("cloisonnement", "roles", "secret_du_nombre", "matrice_hostile")
)
# Ceux-là compilent les règles des autorités, quatre secondes par sous-type d'avis :
# le même processus les a compilées pour le premier.
JUGES_PAR_L_AUTORITE = "jugés par l'autorité"
LEURS_FICHIERS = frozenset(
    {
        "src/beffroi/contrat/achevement/tests/test_officiel.py",
        "src/beffroi/publicite/avis/tests/test_depuis_l_achat.py",
        "src/formats/avis/tests/test_attribution_officielle.py",
        "src/formats/avis/tests/test_officiel.py",
        "src/formats/dume/tests/test_officiel.py",
        "src/formats/schematron/tests/test_rapports_officiels.py",
    }
)


class ParFichier(LoadFileScheduling):
    """Une part est un fichier, ou un morceau de fichier :
    toujours le même pour une même adresse, un même écran.
    """

    def _split_scope(self, nodeid: str) -> str:
        fichier, _, essai = nodeid.partition("::")
        if fichier.startswith(LECTEURS_DE_L_ARBRE) and not fichier.endswith(TOURS_D_ADRESSES):
            return LECTEURS_DE_L_ARBRE
        if fichier in LEURS_FICHIERS:
            return JUGES_PAR_L_AUTORITE
        parametre = essai.rpartition("[")[2]
        if fichier == PAR_PERSONNE:
            return f"{fichier}#{''.join(parametre.rstrip(']').split('-')[1:2])}"
        return f"{fichier}#{crc32(parametre.encode()) % COUPES.get(fichier, 1)}"
