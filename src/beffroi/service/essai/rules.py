"""Ce que les mesures d'un poste veulent dire, et ce qu'il faut faire.
Des fonctions pures, sur des nombres.

Les phrases viennent d'ici seules :
rien de ce qu'un visiteur écrit n'entre dans une attestation que nous signons.
"""

from dataclasses import dataclass
from datetime import timedelta

from formats import durees, tailles

OK, ATTENTION, DANGER, INCONNU = "ok", "attention", "danger", "gris"
OCTETS_DE_L_ESSAI = 5_000_000
# Une réponse ordinaire : ce qu'il faut de place, et ce qu'on prend pour dire la durée d'un envoi.
OCTETS_D_UNE_REPONSE = 100_000_000
DEBIT_CONFORTABLE = 50_000
ECART_ADMIS = timedelta(seconds=30)
APPELER = "Appelez-nous : nous vous guidons."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesures:
    """Ce que le navigateur dit avoir mesuré. `None` : pas mesuré."""

    navigateur: str
    version: int
    outils: bool
    scellement_ms: int | None
    reserve: bool
    place_libre: int | None
    octets_revenus: int | None
    debit: int | None
    ecart_ms: int | None


@dataclass(frozen=True, slots=True)
class Controle:
    """Une ligne du diagnostic, avant toute mesure."""

    code: str
    intitule: str
    pourquoi: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Le mot, ce qui a été mesuré, et quoi faire ; `geste` vide : rien à faire."""

    code: str
    ton: str
    mot: str
    mesure: str
    geste: str = ""


CONTROLES = (
    Controle("navigateur", "Votre navigateur", "Les plus anciens ne savent pas sceller."),
    Controle(
        "outils",
        "Les outils du navigateur",
        "Le scellement demande une page sûre, un ouvrier et une mémoire locale.",
    ),
    Controle(
        "scellement",
        "Le scellement",
        "Un fichier d'essai est scellé puis rouvert ici, comme votre réponse.",
    ),
    Controle(
        "stockage",
        "La place sur votre poste",
        "Un envoi coupé reprend mieux s'il reste de la place.",
    ),
    Controle(
        "aller_retour",
        "L'aller-retour de 5 Mo",
        "Il part au serveur, qui en rend l'empreinte et l'oublie.",
    ),
    Controle("debit", "Le débit d'envoi", "Il dit combien de temps prévoir avant l'heure limite."),
    Controle(
        "horloge",
        "L'horloge de votre poste",
        "Seule l'heure du serveur compte. La vôtre ne doit pas vous tromper.",
    ),
)


def juger(mesures: Mesures, *, minimums: tuple[tuple[str, int], ...]) -> tuple[Verdict, ...]:
    """Un verdict par contrôle, dans l'ordre de la page."""
    return (
        juger_le_navigateur(mesures, minimums=minimums),
        juger_les_outils(mesures),
        juger_le_scellement(mesures),
        juger_la_place(mesures),
        juger_l_aller_retour(mesures),
        juger_le_debit(mesures),
        juger_l_horloge(mesures),
    )


def ton_d_ensemble(verdicts: tuple[Verdict, ...]) -> str:
    """Un seul refus suffit ; une ligne qui n'a pas pu être mesurée est une réserve."""
    tons = {verdict.ton for verdict in verdicts}
    if DANGER in tons:
        return DANGER
    return ATTENTION if tons & {ATTENTION, INCONNU} else OK


def juger_le_navigateur(mesures: Mesures, *, minimums: tuple[tuple[str, int], ...]) -> Verdict:
    """La liste n'est qu'une annonce : c'est le scellement, éprouvé plus bas, qui tranche."""
    connu = dict(minimums).get(mesures.navigateur)
    nom = f"{mesures.navigateur} {mesures.version}" if connu else "Navigateur non reconnu"
    if connu and mesures.version >= connu:
        return Verdict("navigateur", OK, "Convient", nom)
    geste = "Ce qui compte est le scellement, plus bas. S'il échoue, mettez le navigateur à jour."
    return Verdict("navigateur", ATTENTION, "À surveiller", nom, geste)


def juger_les_outils(mesures: Mesures) -> Verdict:
    if mesures.outils:
        return Verdict("outils", OK, "Présents", "Tout ce que demande le scellement est là.")
    geste = f"Ouvrez cette page dans un autre navigateur, hors navigation privée. {APPELER}"
    return Verdict("outils", DANGER, "Incomplets", "Il manque un outil au navigateur.", geste)


def juger_le_scellement(mesures: Mesures) -> Verdict:
    if mesures.scellement_ms is None:
        geste = f"Mettez le navigateur à jour, ou essayez-en un autre. {APPELER}"
        return Verdict(
            "scellement",
            DANGER,
            "Échoue",
            "Le fichier d'essai n'a pas été scellé puis rouvert.",
            geste,
        )
    duree = durees.humaniser(timedelta(milliseconds=max(1, mesures.scellement_ms)))
    mesure = f"{tailles.humaniser(OCTETS_DE_L_ESSAI)} scellés, rouverts et comparés en {duree}."
    return Verdict("scellement", OK, "Marche", mesure)


def juger_la_place(mesures: Mesures) -> Verdict:
    libre = mesures.place_libre
    place = (
        f"{tailles.humaniser(libre)} utilisables."
        if libre is not None
        else "Place non annoncée par le navigateur."
    )
    if mesures.reserve and (libre is None or libre >= OCTETS_D_UNE_REPONSE):
        return Verdict("stockage", OK, "Suffit", place)
    if not mesures.reserve:
        geste = (
            "Quittez la navigation privée. Sinon, gardez la page ouverte jusqu'à la fin de l'envoi."
        )
        return Verdict(
            "stockage",
            ATTENTION,
            "Sans réserve",
            "Le navigateur ne garde pas les fichiers scellés.",
            geste,
        )
    return Verdict(
        "stockage", ATTENTION, "Juste", place, "Libérez de la place sur le disque avant de déposer."
    )


def juger_l_aller_retour(mesures: Mesures) -> Verdict:
    recus = mesures.octets_revenus
    if recus is None:
        geste = (
            f"Recommencez, puis essayez une autre connexion, un téléphone par exemple. {APPELER}"
        )
        return Verdict(
            "aller_retour",
            ATTENTION,
            "Pas fini",
            "Le fichier d'essai n'est pas arrivé entier.",
            geste,
        )
    return Verdict(
        "aller_retour", OK, "Réussi", f"{tailles.humaniser(recus)} reçus, empreinte identique."
    )


def juger_le_debit(mesures: Mesures) -> Verdict:
    if not mesures.debit:
        return Verdict(
            "debit",
            INCONNU,
            "Pas mesuré",
            "L'envoi n'a pas duré assez pour être mesuré.",
            "Recommencez.",
        )
    attente = durees.humaniser(timedelta(seconds=max(1, OCTETS_D_UNE_REPONSE // mesures.debit)))
    mesure = (
        f"{tailles.humaniser(mesures.debit)} par seconde : "
        f"{tailles.humaniser(OCTETS_D_UNE_REPONSE)} partent en {attente}."
    )
    if mesures.debit >= DEBIT_CONFORTABLE:
        return Verdict("debit", OK, "Convient", mesure)
    return Verdict(
        "debit",
        ATTENTION,
        "Lent",
        mesure,
        "Envoyez la veille : l'envoi se coupe et reprend sans rien perdre.",
    )


def juger_l_horloge(mesures: Mesures) -> Verdict:
    if mesures.ecart_ms is None:
        return Verdict(
            "horloge",
            INCONNU,
            "Pas comparée",
            "L'heure du serveur n'a pas été reçue.",
            "Recommencez.",
        )
    ecart = timedelta(milliseconds=abs(mesures.ecart_ms))
    if ecart <= ECART_ADMIS:
        mesure = (
            "À l'heure du serveur, à une seconde près."
            if ecart < timedelta(seconds=1)
            else f"Écart de {durees.humaniser(ecart)}."
        )
        return Verdict("horloge", OK, "À l'heure", mesure)
    sens = "de retard" if mesures.ecart_ms > 0 else "d'avance"
    mesure = f"Elle a {durees.humaniser(timedelta(seconds=int(ecart.total_seconds())))} {sens}."
    return Verdict(
        "horloge",
        ATTENTION,
        "Déréglée",
        mesure,
        "Fiez-vous à l'heure affichée par la page, ou réglez votre poste.",
    )
