"""Ce qu'est un adhérent, et l'effectif qui compte pour une année (rulings 3, 3b, 4, 4b et 32).

Des règles pures.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stdnum import luhn

from droit.decision import Decision, Motif

PREMIERE_ANNEE = 2000
AGENTS_AU_PLUS = 100_000
# Une note d'appel, comme une demande d'assistance, deux ans : le temps d'une convention qui court.
VIE_D_UNE_NOTE = timedelta(days=730)
UN_SECOND_CLIC = timedelta(minutes=1)
_CHIFFRES_D_UN_NUMERO = (11, 15)  # un numéro français et son indicatif ; le plus long (UIT-T E.164)


def siren_juste(siren: str) -> Decision:
    """Neuf chiffres et leur clé de Luhn."""
    if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
        return Decision.refus(Motif("Un SIREN a 9 chiffres."))
    if not luhn.is_valid(siren):
        return Decision.refus(
            Motif("Ce SIREN n'existe pas : un chiffre est faux, ou deux sont inversés.")
        )
    return Decision.accord()


def siret_de_l_adherent(*, siret: str, siren: str) -> Decision:
    """Vide avant l'activation ;
    sinon quatorze chiffres, leur clé, et le SIREN de l'adhérent au début.
    """
    if not siret:
        return Decision.accord()
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):
        return Decision.refus(Motif("Un SIRET a 14 chiffres."))
    if not siret.startswith(siren):
        return Decision.refus(
            Motif(f"Ce SIRET est celui d'un autre : il devrait commencer par {siren}.")
        )
    if not luhn.is_valid(siret):
        return Decision.refus(
            Motif("Ce SIRET n'existe pas : un chiffre est faux, ou deux sont inversés.")
        )
    return Decision.accord()


# Ce qui se rattache, et à quoi :
# un CCAS à sa commune, un CIAS à son EPCI, une caisse des écoles à sa commune.
RATTACHEMENTS: Mapping[str, frozenset[str]] = {
    "ccas": frozenset({"commune", "epci"}),
    "caisse_des_ecoles": frozenset({"commune"}),
}


def peut_se_rattacher(
    *, nature: str, a: str, a_est_rattache: bool, a_des_rattaches: bool
) -> Decision:
    """Un seul étage : l'effectif d'une commune,
    de son CCAS et de sa caisse des écoles s'additionne une fois.
    """
    admises = RATTACHEMENTS.get(nature, frozenset())
    return Decision.selon(
        Motif(
            "Seuls un CCAS ou une caisse des écoles se rattachent à une commune, "
            "et un CIAS à un EPCI."
        )
        if a not in admises
        else None,
        Motif("La collectivité choisie est elle-même rattachée à une autre. Choisissez celle-là.")
        if a_est_rattache
        else None,
        Motif("Cet adhérent a lui-même des établissements rattachés : détachez-les d'abord.")
        if a_des_rattaches
        else None,
    )


def peut_succeder(*, ancien: int, nouveau: int, successions: Mapping[int, int]) -> Decision:
    """La suite d'un adhérent ne revient jamais à lui.

    `successions` donne, pour chaque adhérent repris, qui le reprend.
    """
    if ancien in successions:
        return Decision.refus(
            Motif("Cet adhérent a déjà un successeur. L'histoire reste telle qu'elle est.")
        )
    suite: int | None = nouveau
    while suite is not None:
        if suite == ancien:
            return Decision.refus(
                Motif("Un adhérent ne se succède pas à lui-même, même en passant par d'autres.")
            )
        suite = successions.get(suite)
    return Decision.accord()


def peut_changer_d_identite(
    *, changees: Collection[str], est_active: bool, est_en_famille: bool
) -> Decision:
    """Le SIREN fait l'adhérent, et le SIRET son organisme :
    l'un ne change jamais, l'autre plus après l'activation.
    """
    return Decision.selon(
        Motif(
            "Le SIREN d'un adhérent ne change pas. Un autre SIREN est un autre adhérent : "
            "faites-le lui succéder."
        )
        if "siren" in changees
        else None,
        Motif("L'organisme de cet adhérent est ouvert sous ce SIRET : il ne change plus.")
        if est_active and "siret" in changees
        else None,
        Motif("Cet adhérent compte avec d'autres : détachez-les avant de changer sa nature.")
        if est_en_famille and "nature" in changees
        else None,
    )


def pouvoir_complet(
    *, sorte: str, acte: str, depuis_le: date | None, jusqu_au: date | None
) -> Decision:
    """Une délégation de signature se lit dans un acte daté ;
    sans lui, personne ne peut la vérifier.
    """
    delegue = sorte == "delegation"
    return Decision.selon(
        Motif(
            "Dites par quel acte la signature est déléguée : un arrêté ou une délibération, "
            "avec sa date."
        )
        if delegue and not acte
        else None,
        Motif("Dites depuis quel jour cette délégation vaut.")
        if delegue and depuis_le is None
        else None,
        Motif("La fin vient avant le début. Corrigez l'une ou l'autre.")
        if depuis_le is not None and jusqu_au is not None and jusqu_au < depuis_le
        else None,
    )


def fin_du_pouvoir(depuis_le: date | None, *, le: date) -> date:
    """Un pouvoir finit aujourd'hui, ou le jour où il devait commencer s'il n'a pas commencé."""
    return le if depuis_le is None else max(le, depuis_le)


def nombre_d_agents(agents: int) -> Decision:
    """Le nombre d'agents que la base garde : entier, positif ou nul, plausible."""
    if agents < 0:
        return Decision.refus(Motif("Un effectif ne peut pas être négatif. Aucun agent s'écrit 0."))
    return _plausible(agents)[1]


def agents_saisis(saisie: str) -> tuple[int | None, Decision]:
    """Le nombre d'agents tel qu'une personne l'écrit : entier, positif ou nul, sans « environ »."""
    texte = "".join(saisie.split())
    if texte.isascii() and texte.isdigit():
        return _plausible(int(texte[:20]))  # au-delà, c'est trop grand de toute façon
    return None, Decision.refus(Motif(_pourquoi(texte)))


def _plausible(agents: int) -> tuple[int | None, Decision]:
    if agents > AGENTS_AU_PLUS:
        return None, Decision.refus(
            Motif("Ce nombre est trop grand pour un effectif. Relisez-le sur votre document.")
        )
    return agents, Decision.accord()


def _pourquoi(texte: str) -> str:
    if not texte:
        return "Écrivez le nombre d'agents, par exemple 350. Aucun agent s'écrit 0."
    if texte[0] in "-−–" and texte[1:].isdigit():
        return "Un effectif ne peut pas être négatif. Aucun agent s'écrit 0."
    entier, _, decimales = texte.replace(",", ".").partition(".")
    if entier.isdigit() and decimales.isdigit():
        return (
            "Un effectif est un nombre entier d'agents : des personnes, "
            "et non des équivalents temps plein."
        )
    return (
        "Écrivez seulement un nombre, en chiffres, tel qu'il est sur votre document : 400, "
        "et non « environ 400 »."
    )


def peut_declarer(*, annee: int, constate_le: date, aujourd_hui: date, est_fige: bool) -> Decision:
    """L'effectif est celui du 1er janvier de l'année (ruling 4) ;
    pris pour un appel, il ne change plus.
    """
    return Decision.selon(
        Motif(f"L'année va de {PREMIERE_ANNEE} à {aujourd_hui.year + 1}.")
        if not PREMIERE_ANNEE <= annee <= aujourd_hui.year + 1
        else None,
        Motif("Cette date est à venir. Recopiez celle qui est écrite sur le document.")
        if constate_le > aujourd_hui
        else None,
        Motif(
            f"L'effectif de {annee} a servi à appeler les contributions : il est figé. "
            "S'il est faux, écrivez au centre de gestion : la correction se fait par un avoir."
        )
        if est_fige
        else None,
    )


def peut_etre_active(*, siret: str, est_active: bool, successeur: str) -> Decision:
    """L'activation ouvre l'organisme :
    il y faut un SIRET, une fois, et un adhérent que nul n'a repris.
    """
    return Decision.selon(
        Motif("Cet adhérent est déjà actif.") if est_active else None,
        Motif("Il manque le SIRET de l'adhérent. Écrivez-le sur sa fiche, puis activez.")
        if not siret
        else None,
        Motif(f"Cet adhérent a été repris par {successeur}. Activez plutôt celui-là.")
        if successeur
        else None,
    )


# D'où vient un nombre d'agents, du plus sûr au moins sûr.
DECLARE, IMPORTE, SANS_PIECE = "declare", "importe", "sans_piece"
ORIGINES = (DECLARE, IMPORTE, SANS_PIECE)


@dataclass(frozen=True)
class Declaration:
    """Un effectif déclaré, sans sa preuve."""

    annee: int
    agents: int
    definition: str = "l452_14"
    origine: str = DECLARE


@dataclass(frozen=True)
class Partie:
    """Une personne morale d'une famille, ses déclarations,
    et celles qu'elle a reprises, avec leur jour.
    """

    siren: str
    nom: str
    declarations: Collection[Declaration] = ()
    reprises: Collection[tuple[date, "Partie"]] = ()


@dataclass(frozen=True)
class Compte:
    """Ce qu'une personne morale apporte à l'effectif :
    combien d'agents, de quelle année, selon quelle définition.
    """

    siren: str
    nom: str
    agents: int
    annee: int
    definition: str
    origine: str = DECLARE


@dataclass(frozen=True)
class EffectifRetenu:
    """L'effectif qui donne la catégorie pour une année, et pourquoi.

    Sans `agents`, l'adhérent n'est pas appelé.
    """

    agents: int | None
    # La plus ancienne des années d'où il vient ; égale à l'année demandée quand tout est déclaré.
    annee: int | None
    motifs: tuple[Motif, ...] = ()
    comptes: tuple[Compte, ...] = ()
    est_signale: bool = False

    @property
    def origine(self) -> str:
        """La moins sûre de celles qui s'additionnent ; vide si rien n'est connu."""
        return max((compte.origine for compte in self.comptes), key=ORIGINES.index, default="")


def retenir(
    *, annee: int, tete: Partie, rattachees: Collection[Partie] = (), definition: str = ""
) -> EffectifRetenu:
    """La commune, son CCAS et sa caisse des écoles s'additionnent (3b) ;
    non déclaré, le dernier connu vaut (4b).

    `definition` : quels agents l'exploitant a décidé de compter (3).
    Qui en a compté d'autres est signalé, non écarté.
    """
    de_la_tete = _compter(tete, annee)
    if not de_la_tete:
        jamais = Motif(
            f"{tete.nom} n'a jamais déclaré d'effectif : sa contribution n'est pas appelée."
        )
        return EffectifRetenu(None, None, (jamais,), est_signale=True)
    comptes, motifs = [*de_la_tete], [*_alertes(tete, de_la_tete, annee)]
    for partie in rattachees:
        siens = _compter(partie, annee)
        comptes += siens
        motifs += _alertes(partie, siens, annee)
    if len({compte.definition for compte in comptes}) > 1:
        motifs.append(
            Motif(
                "Ces effectifs ne comptent pas les mêmes agents : vérifiez la définition de chacun."
            )
        )
    motifs += [
        Motif(
            f"{compte.nom} n'a pas compté les agents que le centre de gestion compte : "
            "demandez-lui l'autre nombre."
        )
        for compte in comptes
        if definition and compte.definition != definition
    ]
    signale = bool(motifs)
    if len(comptes) > 1:
        motifs.insert(0, Motif(_addition(comptes)))
    return EffectifRetenu(
        agents=sum(compte.agents for compte in comptes),
        annee=min(compte.annee for compte in comptes),
        motifs=tuple(motifs),
        comptes=tuple(comptes),
        est_signale=signale,
    )


def _compter(partie: Partie, annee: int) -> list[Compte]:
    """L'effectif de l'année, ou le dernier connu ;
    avec ce qu'elle a repris depuis ce dernier effectif (ruling 32).
    """
    connue = max(
        (declaration for declaration in partie.declarations if declaration.annee <= annee),
        key=lambda declaration: declaration.annee,
        default=None,
    )
    comptes = []
    if connue:
        dits = (connue.agents, connue.annee, connue.definition, connue.origine)
        comptes = [Compte(partie.siren, partie.nom, *dits)]
    for reprise_le, ancienne in partie.reprises:
        depuis_l_effectif = connue is None or reprise_le > date(connue.annee, 1, 1)
        if depuis_l_effectif and reprise_le <= date(annee, 1, 1):
            comptes += _compter(ancienne, annee)
    return comptes


def _alertes(partie: Partie, comptes: Collection[Compte], annee: int) -> list[Motif]:
    if not comptes:
        return [Motif(f"{partie.nom} : jamais déclaré, non compté.")]
    return [
        Motif(
            f"{compte.nom} : non déclaré pour {annee}, dernier connu : "
            f"{compte.agents} agents en {compte.annee}."
        )
        for compte in comptes
        if compte.annee != annee
    ]


def _addition(comptes: Collection[Compte]) -> str:
    return (
        "Effectifs additionnés : "
        + ", ".join(f"{compte.nom} {compte.agents}" for compte in comptes)
        + "."
    )


def numero_de_telephone(saisie: str) -> str:
    """« 03 21 00 00 62 », « 03.21.00.00.62 » et « +33 (0)3 21 00 00 62 » :
    un seul numéro, indicatif compris ; vide si ce n'en est pas un.
    """
    if not saisie.strip() or re.search(r"[^0-9\s().+/\-]", saisie):
        return ""
    seuls = re.sub(r"[^0-9]", "", saisie.replace("(0)", ""))
    if saisie.strip().startswith("+"):
        numero = seuls
    elif seuls.startswith("00"):
        numero = seuls[2:]
    elif seuls.startswith("0"):
        numero = f"33{seuls[1:]}"
    else:
        numero = f"33{seuls}" if len(seuls) == 9 else seuls
    if numero.startswith("330"):
        numero = f"33{numero[3:]}"
    court, long = _CHIFFRES_D_UN_NUMERO
    return numero if court <= len(numero) <= long else ""


def peut_noter(texte: str) -> Decision:
    """Une note vide n'apprend rien à qui décrochera demain."""
    if not texte.strip():
        return Decision.refus(Motif("Écrivez ce que vous retenez de l'appel, en une phrase."))
    return Decision.accord()


def second_clic_depuis(le: datetime) -> datetime:
    """Depuis quand la même note, de la même personne, n'en est pas une autre."""
    return le - UN_SECOND_CLIC


def note_a_effacer_avant(le: datetime) -> datetime:
    """Les notes écrites jusqu'à cet instant ont fait leur temps (RGPD, art. 5, 1, e)."""
    return le - VIE_D_UNE_NOTE
