"""Repérer une offre qui semble anormalement basse,
et préparer la question (CCP, art. L. 2152-5 et L. 2152-6).

La loi ne donne aucun seuil. Ceux-ci font regarder une offre ; ils ne la rejettent jamais : un rejet
automatique, sans avoir demandé d'explications, est illégal (CJCE, 22 juin 1989, n° 103/88).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from beffroi.choix.analyse.rules.arrondi import Arrondi
from droit.citation import Article, Jurisprudence
from droit.decision import Decision, Motif
from formats.sommes import en_euros

COSTANZO = Jurisprudence("CJCE", "22 juin 1989", "103/88")
_AU_DIXIEME, _AU_CENTIME = Arrondi(1), Arrondi(2)
# R. 2152-3 : ce sur quoi une justification peut porter.
JUSTIFICATIONS = (
    "le mode de fabrication, les modalités de la prestation ou le procédé de construction",
    "les solutions techniques ou les conditions exceptionnellement favorables dont vous disposez",
    "l'originalité de votre offre",
    (
        "le respect des règles environnementales, sociales et du travail du lieu d'exécution, "
        "sous-traitants compris"
    ),
    "une aide d'État éventuelle, et ce qui montre qu'elle est légale",
)


@dataclass(frozen=True)
class Seuils:
    """En part du repère.

    L'acheteur les change ; il les garde pour toutes les offres d'un même lot.
    """

    sous_la_moyenne: Decimal = Decimal("0.20")
    sous_la_moyenne_recalee: Decimal = Decimal("0.10")
    sous_l_estimation: Decimal = Decimal("0.30")


@dataclass(frozen=True)
class Signal:
    """Ce qui fait regarder l'offre :
    le repère, son montant, et de combien l'offre est au-dessous.
    """

    code: str
    repere: Decimal
    ecart_en_pour_cent: Decimal
    phrase: str


@dataclass(frozen=True)
class Soupcon:
    cle: str
    prix: Decimal
    signaux: tuple[Signal, ...]


def soupcons(
    prix: Mapping[str, Decimal], *, estimation: Decimal | None = None, seuils: Seuils | None = None
) -> tuple[Soupcon, ...]:
    """Les offres à regarder, de la plus basse à la moins basse.

    À une ou deux offres, seule l'estimation compte.
    """
    choisis = seuils or Seuils()
    positifs = {cle: Fraction(montant) for cle, montant in prix.items() if montant > 0}
    reperes = list(_reperes(tuple(positifs.values()), estimation, choisis))
    trouves = [
        Soupcon(cle, prix[cle], signaux)
        for cle, montant in positifs.items()
        if (signaux := tuple(_signaux(montant, reperes)))
    ]
    return tuple(sorted(trouves, key=lambda soupcon: (soupcon.prix, soupcon.cle)))


def _reperes(
    prix: tuple[Fraction, ...], estimation: Decimal | None, seuils: Seuils
) -> Iterator[tuple[str, str, Fraction, Decimal]]:
    """Trois repères : la moyenne ; la moyenne sans les offres qui la dépassent de 20 % ;
    l'estimation de l'acheteur.
    """
    if len(prix) >= 3:
        moyenne = sum(prix, Fraction(0)) / len(prix)
        yield "moyenne", "la moyenne des offres", moyenne, seuils.sous_la_moyenne
        gardes = [montant for montant in prix if montant <= moyenne * Fraction(6, 5)]
        recalee = sum(gardes, Fraction(0)) / len(gardes)
        yield (
            "moyenne_recalee",
            "la moyenne des offres sans les plus hautes",
            recalee,
            seuils.sous_la_moyenne_recalee,
        )
    if estimation is not None and estimation > 0:
        yield "estimation", "votre estimation", Fraction(estimation), seuils.sous_l_estimation


def _signaux(prix: Fraction, reperes: list[tuple[str, str, Fraction, Decimal]]) -> Iterator[Signal]:
    for code, nom, repere, seuil in reperes:
        ecart = 1 - prix / repere
        if ecart > Fraction(seuil):
            pour_cent, montant = _AU_DIXIEME.appliquer(ecart * 100), _AU_CENTIME.appliquer(repere)
            dit = f"{pour_cent:f}".replace(".", ",")
            yield Signal(
                code, montant, pour_cent, f"{dit} % au-dessous de {nom} ({en_euros(montant)})."
            )


def projet_de_question(soupcon: Soupcon, *, objet: str) -> str:
    """La lettre à relire :
    elle demande, elle n'accuse pas, et ne dit rien des autres offres (CCP, art. R. 2152-3).
    """
    points = "\n".join(f"- {point} ;" for point in JUSTIFICATIONS).removesuffix(" ;") + "."
    return (
        f"Madame, Monsieur,\n\nVotre offre pour « {objet} », d'un montant de "
        f"{en_euros(_AU_CENTIME.appliquer(soupcon.prix))} hors taxes, "
        "nous semble basse au regard de ce qui est demandé.\n\n"
        "Nous vous demandons d'en justifier le prix, "
        "y compris pour la part que vous pensez sous-traiter, avant le "
        "[répondre avant] (code de la commande publique, art. L. 2152-6 et R. 2152-3). "
        "Votre justification peut porter sur :\n"
        f"{points}\n\nJoignez le détail de vos prix (heures, taux, fournitures, frais, "
        "marge) et toute pièce utile.\n\n"
        "Sans justification satisfaisante, votre offre devra être rejetée (art. R. 2152-4)."
    )


def peut_rejeter(
    *,
    question_posee: bool,
    reponse_recue: bool,
    delai_passe: bool,
    motif: str,
    aide_d_etat_seule: bool = False,
    preuve_de_l_aide_demandee: bool = False,
) -> Decision:
    """Rejeter une telle offre suppose d'avoir demandé, lu,
    et de dire pourquoi (CCP, art. R. 2152-3 à R. 2152-5).
    """
    sans_question = Motif(
        "Demandez d'abord à l'entreprise de justifier son prix : rien n'est automatique.",
        Article("CCP", "L. 2152-6"),
    )
    trop_tot = Motif(
        "L'entreprise a encore le temps de répondre. Attendez sa réponse ou la fin du délai.",
        Article("CCP", "R. 2152-3"),
    )
    sans_motif = Motif(
        "Écrivez en quoi la justification ne suffit pas.", Article("CCP", "R. 2152-4")
    )
    aide = Motif(
        (
            "Une aide d'État ne suffit pas : demandez d'abord à l'entreprise de prouver "
            "qu'elle est légale."
        ),
        Article("CCP", "R. 2152-5"),
    )
    return Decision.selon(
        sans_question if not question_posee else None,
        trop_tot if question_posee and not (reponse_recue or delai_passe) else None,
        sans_motif if not motif.strip() else None,
        aide if aide_d_etat_seule and not preuve_de_l_aide_demandee else None,
    )
