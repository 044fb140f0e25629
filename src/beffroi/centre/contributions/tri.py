"""Comment les adhérents d'un appel sont devenus quelques exceptions : chacun sous une seule règle,
et le total qui s'additionne.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.contributions.rules.exceptions import Choix
from beffroi.centre.tarif.rules.grille import Tarif
from beffroi.centre.tarif.rules.parametres import Parametres
from formats.pluriels import compter

RIEN = Decimal(0)
PRESUMES, SOUS_LE_SEUIL, AU_DESSUS = "presumes", "sous_le_seuil", "au_dessus"
DECIDES, EXCEPTIONS = "decides", "a_verifier"
REGLES = (PRESUMES, SOUS_LE_SEUIL, AU_DESSUS, DECIDES, EXCEPTIONS)
TOUTES = ""


def regle_de(ligne: Contribution, seuil: int) -> str:
    """La règle, et une seule, sous laquelle cette ligne se range."""
    if ligne.est_a_verifier:
        return EXCEPTIONS
    if ligne.verifiee_le:
        return DECIDES
    if ligne.presumee:
        return PRESUMES
    return AU_DESSUS if (ligne.agents or 0) > seuil else SOUS_LE_SEUIL


@dataclass(frozen=True)
class Rang:
    """Une règle du tri : combien d'adhérents, combien d'euros, et où le lire."""

    regle: str
    nom: str
    adherents: int
    montant: Decimal
    preuve: str

    @property
    def est_gratuit(self) -> bool:
        """Rien à payer, et c'est su : une exception, elle, attend."""
        return not self.montant and self.regle in {PRESUMES, SOUS_LE_SEUIL}


@dataclass(frozen=True)
class Tri:
    rangs: Sequence[Rang]
    # Ce qui partirait maintenant : sans les exceptions que personne n'a décidées.
    a_payer: int
    a_zero: int
    attendus: int
    montant_decide: Decimal

    @property
    def adherents(self) -> int:
        return sum(rang.adherents for rang in self.rangs)

    @property
    def montant(self) -> Decimal:
        return sum((rang.montant for rang in self.rangs), RIEN)

    @property
    def exceptions(self) -> int:
        return sum(rang.adherents for rang in self.rangs if rang.regle == EXCEPTIONS)

    @property
    def titre(self) -> str:
        tous, reste = compter(self.adherents, "adhérent"), self.exceptions
        if not reste:
            return f"Comment {tous} se trient, sans exception"
        devenus = "est devenu" if self.adherents == 1 else "sont devenus"
        return f"Comment {tous} {devenus} {reste}"


NOMS: Mapping[str, Callable[[int, int], str]] = {
    PRESUMES: lambda sous, seuil: f"Moins de {sous} habitants : présumés sous {seuil} agents",
    SOUS_LE_SEUIL: lambda _, seuil: f"Effectif déclaré ou importé, {seuil} agents ou moins",
    AU_DESSUS: lambda _, seuil: f"Effectif déclaré ou importé, plus de {seuil} agents",
    DECIDES: lambda *_: "Exceptions décidées",
    EXCEPTIONS: lambda *_: "Exceptions à lire",
}
PREUVES = {
    PRESUMES: "populations figées",
    SOUS_LE_SEUIL: "effectifs figés",
    AU_DESSUS: "calcul ligne à ligne",
    DECIDES: "motif, nom et heure",
    EXCEPTIONS: "ci-dessous",
}


def trier(lignes: Iterable[Contribution], tarif: Tarif, parametres: Parametres) -> Tri:
    """Une règle vide ne se montre pas ; les exceptions, toujours."""
    par_regle: dict[str, list[Contribution]] = {regle: [] for regle in REGLES}
    for ligne in lignes:
        par_regle[regle_de(ligne, tarif.seuil)].append(ligne)
    rangs = [
        Rang(
            regle,
            NOMS[regle](parametres.presomption, tarif.seuil),
            len(siennes),
            sum((ligne.montant or RIEN for ligne in siennes), RIEN),
            PREUVES[regle],
        )
        for regle, siennes in par_regle.items()
        if siennes or regle == EXCEPTIONS
    ]
    decides = [
        ligne for regle, siennes in par_regle.items() if regle != EXCEPTIONS for ligne in siennes
    ]
    return Tri(
        rangs,
        a_payer=sum(bool(ligne.montant) for ligne in decides),
        a_zero=sum(ligne.montant is not None and not ligne.montant for ligne in decides),
        attendus=sum(ligne.montant is None for ligne in decides),
        montant_decide=sum((ligne.montant or RIEN for ligne in decides), RIEN),
    )


# ---------------------------------------------------------------- les exceptions


@dataclass(frozen=True)
class ExceptionLue:
    """Une exception, telle que la table la montre, et ce qui a été coché."""

    contribution: Contribution
    effectif: str
    pourquoi: str
    precision: str
    choix: tuple[Choix, ...]
    choisi: str
    est_cochee: bool


ORIGINES = {"declare": "déclaré", "importe": "importé", "sans_piece": "sans pièce"}


def exceptions(lignes: Iterable[Contribution], pourquoi: str = TOUTES) -> list[Contribution]:
    """Celles que personne n'a décidées, par nom ; celles d'une seule sorte si on la nomme."""
    a_lire = (ligne for ligne in lignes if ligne.est_a_verifier)
    gardees = [ligne for ligne in a_lire if not pourquoi or _sorte(ligne) == pourquoi]
    return sorted(gardees, key=lambda ligne: (ligne.nom, ligne.pk))


def sortes(lignes: Iterable[Contribution]) -> list[tuple[str, int]]:
    """Chaque sorte d'exception et leur nombre, la plus fréquente d'abord."""
    nombres: dict[str, int] = {}
    for ligne in exceptions(lignes):
        nombres[_sorte(ligne)] = nombres.get(_sorte(ligne), 0) + 1
    return sorted(nombres.items(), key=lambda paire: (-paire[1], paire[0]))


def exception_a_l_ecran(
    ligne: Contribution, *, cochees: Mapping[str, str], jours: int
) -> ExceptionLue:
    """`cochees` : les lignes que la personne avait cochées, et sa décision pour chacune."""
    siennes = [une for une in ligne.anomalies if une["est_a_verifier"]]
    mots = " ; ".join(une["mot"] for une in siennes)
    if {une["code"] for une in siennes} & {"adhesion", "depart"}:
        mots = f"{mots}, {ligne.jours}/{jours}"
    return ExceptionLue(
        ligne,
        effectif_dit(ligne),
        mots,
        " ; ".join(une["precision"] for une in siennes),
        ligne.choix,
        cochees.get(ligne.reference, ligne.choix[0].valeur),
        ligne.reference in cochees,
    )


def effectif_dit(ligne: Contribution) -> str:
    """« 350, déclaré », « 2140 hab., inconnu », « présumé » : jamais un nombre présumé."""
    if ligne.agents is not None:
        origine = ORIGINES.get(ligne.origine_de_l_effectif, "")
        return ", ".join(filter(None, (str(ligne.agents), origine)))
    mot = "présumé" if ligne.presumee else "inconnu"
    return mot if ligne.habitants is None else f"{ligne.habitants} hab., {mot}"


def _sorte(ligne: Contribution) -> str:
    return next(str(une["mot"]) for une in ligne.anomalies if une["est_a_verifier"])
