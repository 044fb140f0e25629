"""Le code que les navigateurs reçoivent pour sceller et ouvrir :
chaque version entre au journal, avec ses empreintes.

Un juge, un expert peut ainsi dire quel code une entreprise avait, le jour de son dépôt.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from beffroi.socle.journal.services import publier_un_changement

EMPREINTES = Path(__file__).parent / "static" / "beffroi" / "js" / "empreintes.json"


def publier_le_client(le: datetime) -> None:
    """Ronde : inscrit les empreintes du code servi quand elles ont changé."""
    texte = EMPREINTES.read_bytes()
    empreinte = hashlib.sha256(texte).hexdigest()
    publier_un_changement(
        "client.publier", sujet=empreinte, donnees={"fichiers": json.loads(texte)}, le=le
    )
