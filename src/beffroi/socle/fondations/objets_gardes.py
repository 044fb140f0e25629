"""Les objets que le stockage garde :
le champ qui les désigne, et ce que la veille de la nuit en relit.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from beffroi.socle.fondations.hors_preuve import HorsPreuve


@dataclass(frozen=True, slots=True)
class ObjetGarde:
    """`application.Modele.champ`, et comment dire l'objet sans dire ce qu'il contient :
    des mots d'ici, une référence.

    `empreinte` : le champ qui tient le SHA-256 de ces octets-là ; vide, la première relecture le
    fixe. Un champ JSON porte ses clés et leurs empreintes. `clair` : celui qui tient l'empreinte
    d'avant chiffrement (`chiffrement.ranger`). `consultation` : le chemin qui y mène ; rien n'est
    relu avant son heure limite. `sous` : le préfixe que l'acte donne à `nouvelle_cle`.
    `sans_relecture` : pourquoi la veille n'y passe pas.

    `verifier --journal` compare les octets à l'empreinte, si la colonne qui la tient est prouvée ;
    sinon `hors_preuve` dit pourquoi non. `relu_ailleurs` : une autre relecture le fait déjà.
    """

    champ: str
    dit: str = ""
    _: KW_ONLY
    reference: str = "reference"
    empreinte: str = "sha256"
    clair: str = ""
    consultation: str = ""
    seulement: Mapping[str, Any] = field(default_factory=dict)
    sous: str = ""
    sans_relecture: str = ""
    hors_preuve: HorsPreuve | None = None
    relu_ailleurs: bool = False
