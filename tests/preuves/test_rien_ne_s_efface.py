"""Nul bouton n'efface une pièce gardée :
qui efface des octets est nommé ici, avec sa raison (code du patrimoine, L. 212-2).
"""

import re
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src" / "beffroi"
APPEL = re.compile(r"stockage\(\)\.supprimer\(|\bclairs\.supprimer\(")
PERMIS = {
    "garde/archives/services/eliminations.py": "la destruction sous visa, et elle seule",
    "garde/archives/services/paquets.py": "un paquet qu'un autre ouvrier a fini",
    "seance/coffre/descellement.py": "un fichier en clair dont l'ouverture a échoué",
    "service/assistance/services/conservation.py": (
        "ce qu'une personne a joint à une demande, deux ans après sa fin"
    ),
    "garde/occultation/services.py": "une copie occultée, une heure après",
    "achat/consultations/services/documents.py": (
        "un document refusé, ou d'un brouillon jamais publié"
    ),
    "achat/consultations/services/dossier.py": "l'archive du dossier, qui se refait",
    "achat/dossiers/services/archive.py": "l'archive du dossier, qui se refait",
    "achat/dossiers/services/versions.py": "un changement préparé, jamais publié",
    "choix/echanges/services/redaction.py": "un fichier joint à ce qui n'est pas encore parti",
    "seance/ouverture/services/clairs.py": "un fichier en clair dont l'ouverture a échoué",
    "personnes/pieces/services.py": "la pièce qu'une entreprise tient chez elle, et retire",
    "achat/preparation/services/cloner.py": "une copie dont l'acte a échoué",
    "publicite/questions/services.py": "un fichier joint à ce qui n'est pas encore parti",
    "garde/restitution/services/demandes.py": "une archive qu'un autre ouvrier a finie",
    "garde/restitution/services/reprises.py": "une reprise refusée, dont rien n'est gardé",
}


def test_qui_efface_des_octets_est_nomme_avec_sa_raison():
    lus = [chemin for chemin in SOURCES.rglob("*.py") if "tests" not in chemin.parts]
    effacent = {str(c.relative_to(SOURCES)) for c in lus if APPEL.search(c.read_text("utf-8"))}
    assert effacent == set(PERMIS)
