"""La troupe de la démonstration :
des gens et des entreprises inventés, dans trois communes du Pas-de-Calais.

Les SIREN 999… n'existent pas. Les mots de passe et les secrets sont
publics : ils ne servent qu'ici.
"""

import base64
import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MOT_DE_PASSE = "beffroi en pas de calais"


@dataclass(frozen=True)
class Personnage:
    """Une personne de la démonstration.

    `roles` : ses rôles dans son organisme, vide pour une entreprise.
    """

    cle: str
    nom: str
    qualite: str
    courriel: str
    chez: str
    roles: tuple[str, ...] = ()
    tient_une_cle: bool = False

    @property
    def secret_totp(self) -> str:
        return base64.b32encode(hashlib.sha256(f"totp {self.cle}".encode()).digest()[:20]).decode()

    @property
    def phrase_de_cle(self) -> str:
        return f"la clé de {self.cle} tourne dans le beffroi"

    @property
    def code_de_secours(self) -> str:
        """Un code comme le navigateur en imprime :
        vingt-six caractères, deux de contrôle, sept groupes de quatre.
        """
        condense = hashlib.sha256(f"secours {self.cle}".encode()).digest()
        donnees = "".join(ALPHABET[octet & 31] for octet in condense[:26])
        controle = hashlib.sha256(f"beffroi.recovery/1\n{donnees}".encode()).digest()[:2]
        code = donnees + "".join(ALPHABET[octet & 31] for octet in controle)
        return "-".join(code[debut : debut + 4] for debut in range(0, 28, 4))


@dataclass(frozen=True)
class Commune:
    code: str
    nom: str
    siret: str


@dataclass(frozen=True)
class Societe:
    cle: str
    nom: str
    siret: str


NIC_DES_COMMUNES = {"62153": "00017", "62069": "00014", "62364": "00015"}


def communes() -> dict[str, Commune]:
    with (Path(__file__).parent / "communes.csv").open(encoding="utf-8") as flux:
        lignes = csv.DictReader(
            (ligne for ligne in flux if not ligne.startswith("#")), delimiter=";"
        )
        return {
            ligne["nom"]: Commune(
                ligne["code_insee"],
                ligne["nom"],
                ligne["siren"] + NIC_DES_COMMUNES[ligne["code_insee"]],
            )
            for ligne in lignes
        }


EXPLOITANT = Societe("cdg", "Centre de gestion de démonstration", "99962000800014")

SOCIETES = (
    Societe("faitage", "Atelier du Faîtage", "99910001900010"),
    Societe("zingueurs", "Zingueurs de la Lys", "99910002700013"),
    Societe("etoile", "Couvertures Belle-Étoile", "99910003500016"),
    Societe("tournevent", "Maison Tournevent", "99910004300010"),
    Societe("lanterne", "Lanterne et Noue", "99910005000015"),
)

AGENTS = (
    Personnage(
        "fanny",
        "Fanny Roussel",
        "administratrice",
        "fanny@cdg.example",
        "cdg",
        ("administrateur", "technicien"),
    ),
    Personnage("claire", "Claire Dubreuil", "juriste", "claire@cdg.example", "cdg", ("juriste",)),
    Personnage(
        "nadege", "Nadège Colpaert", "gestionnaire", "nadege@cdg.example", "cdg", ("gestionnaire",)
    ),
    Personnage(
        "remi", "Rémi Delattre", "vice-président", "remi@cdg.example", "cdg", ("ordonnateur",)
    ),
    Personnage(
        "solange", "Solange Petitprez", "comptable", "solange@cdg.example", "cdg", ("comptable",)
    ),
    Personnage(
        "martine",
        "Martine Caron",
        "secrétaire de mairie",
        "martine@bomy.example",
        "Bomy",
        ("redacteur", "valideur", "ouvreur", "administrateur"),
        tient_une_cle=True,
    ),
    Personnage(
        "helene",
        "Hélène Duriez",
        "maire",
        "helene@bomy.example",
        "Bomy",
        ("valideur", "ouvreur"),
        tient_une_cle=True,
    ),
    Personnage(
        "bernard",
        "Bernard Lefebvre",
        "adjoint au maire",
        "bernard@bomy.example",
        "Bomy",
        ("ouvreur",),
        tient_une_cle=True,
    ),
    Personnage(
        "yvette",
        "Yvette Cordier",
        "conseillère municipale",
        "yvette@bomy.example",
        "Bomy",
        ("lecteur",),
    ),
    Personnage(
        "odile",
        "Odile Fasquelle",
        "secrétaire de mairie",
        "odile@azincourt.example",
        "Azincourt",
        ("redacteur", "valideur", "ouvreur", "administrateur"),
        tient_une_cle=True,
    ),
)

GARDIENS = (
    (
        Personnage(
            "agnes", "Agnès Warin", "gardienne", "agnes@archives.example", "", tient_une_cle=True
        ),
        "Archives départementales",
        False,
    ),
    (
        Personnage(
            "benoit",
            "Benoît Hennion",
            "gardien",
            "benoit@cdg-voisin.example",
            "",
            tient_une_cle=True,
        ),
        "Centre de gestion voisin",
        False,
    ),
    (
        Personnage(
            "colette",
            "Colette Vasseur",
            "gardienne",
            "colette@etude.example",
            "",
            tient_une_cle=True,
        ),
        "Étude de commissaire de justice",
        False,
    ),
)

ENTREPRENEURS = (
    Personnage("sophie", "Sophie Merlin", "gérante", "sophie@faitage.example", "faitage"),
    Personnage("kevin", "Kévin Masson", "assistant", "kevin@faitage.example", "faitage"),
    Personnage("zoe", "Zoé Wattel", "gérante", "zoe@zingueurs.example", "zingueurs"),
    Personnage("emile", "Émile Pruvost", "gérant", "emile@etoile.example", "etoile"),
    Personnage("tanguy", "Tanguy Moreel", "gérant", "tanguy@tournevent.example", "tournevent"),
    Personnage("lucie", "Lucie Noé", "gérante", "lucie@lanterne.example", "lanterne"),
)  # fmt: skip
