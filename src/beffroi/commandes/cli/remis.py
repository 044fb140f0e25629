"""Ce que la plateforme a remis, et ce qu'il faut donner pour n'avoir pas à le croire sur parole."""

from dataclasses import dataclass

from beffroi.commandes.cli.constats import Constat

OU_LES_TROUVER = (
    "La plateforme publie ses clés à la page /journal/, et en un fichier, /journal/cles.json ; "
    "comparez-les à celles que vous tenez d'ailleurs (docs/verifier.md)"
)
CLE_VOLEE = (
    "La clé qui signe ceci a été volée, la plateforme le dit : d'autres ont pu le fabriquer. D'un "
    "récépissé, le registre tranche : donnez --journal ADRESSE. De toute autre preuve, "
    "redemandez-la : elle se fait maintenant sous la clé neuve."
)


@dataclass(frozen=True)
class Remis:
    """Ses mots : « ce récépissé », « du récépissé », « lui-même »."""

    ce: str
    du: str
    soi: str = "lui-même"

    @property
    def sans_cle(self) -> str:
        """Quand il n'est jugé que sous la clé qu'il porte."""
        pronom = "il" if self.soi == "lui-même" else "elle"
        return (
            f"{self.ce} s'accorde avec {self.soi}. Rien ne dit encore qu'{pronom} vient de la "
            "plateforme : donnez --cle CLE et --autorite CERTIFICAT.pem, ou --confiance cles.json, "
            f"ou --journal ADRESSE. {OU_LES_TROUVER}."
        )

    @property
    def sans_autorite(self) -> str:
        """Quand le registre répond de ses écritures, et que rien ne dit qui a daté ses fichiers."""
        return (
            f"{self.ce} s'accorde avec {self.soi} : le registre répond de ses écritures, et rien "
            "encore de ses fichiers. Donnez --autorite CERTIFICAT.pem, ou --confiance cles.json, "
            f"ou --journal ADRESSE. {OU_LES_TROUVER}."
        )

    def cle_a_lui(self, fichier: str, *, manque: str) -> Constat:
        """Sa propre clé sert, faute d'une autre, et cela se dit."""
        return Constat(
            f"une clé vient {self.du} {self.soi}", bon=None, detail=fichier, manque=manque
        )


RECEPISSE = Remis("Ce récépissé", "du récépissé")
PREUVE = Remis("Cette preuve", "de la preuve", "elle-même")
ATTESTATION = Remis("Cette attestation", "de l'attestation", "elle-même")
ARCHIVE = Remis("Cette archive", "de l'archive", "elle-même")
PAQUET = Remis("Ce paquet", "du paquet")
