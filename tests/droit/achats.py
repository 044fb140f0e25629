"""L'achat d'exemple de la rédaction et un règlement sans défaut,
que chaque test abîme à un seul endroit.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from beffroi.achat.controles.rules import Constat, Rapport, controler
from beffroi.achat.redaction.tests.achats import MAPA
from droit.achat import (
    Achat,
    Acheteur,
    Allotissement,
    Candidature,
    Critere,
    Dates,
    DocumentDuDossier,
    Execution,
    Offre,
    Plateforme,
    Publicite,
)
from droit.calendrier.heures import PARIS
from droit.en_vigueur import Droit
from formats.lecture import Paragraphe, Texte

MAINTENANT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LIMITE = datetime(2027, 1, 12, 14, 0, tzinfo=PARIS)
ADRESSE = MAPA.plateforme.adresse_de_la_consultation
_, COUVERTURE, ISOLATION = MAPA.allotissement.lots
LOTS = (
    replace(COUVERTURE, numero=1, montant_estime=Decimal(120_000)),
    replace(ISOLATION, numero=2, montant_estime=Decimal(60_000)),
)


def achat(**change) -> Achat:
    """La réfection de toiture qui sert aussi à la rédaction ;
    `change` remplace des champs entiers.
    """
    base = replace(
        MAPA,
        acheteur=acheteur(),
        dates=dates(),
        publicite=Publicite(supports=("BOAMP", "profil"), limites_annoncees={"BOAMP": LIMITE}),
        plateforme=plateforme(),
        allotissement=allotissement(),
        criteres=criteres(),
        candidature=Candidature(pieces=("Lettre de candidature ou DUME",)),
        offre=offre(),
        execution=execution(),
        documents=documents(),
    )
    return replace(base, **change)


def acheteur(**change) -> Acheteur:
    return replace(MAPA.acheteur, **{"tribunal": "Tribunal administratif de Lille", **change})


def dates(**change) -> Dates:
    return replace(
        MAPA.dates, **{"envoi_de_l_avis": date(2026, 11, 26), "limite": LIMITE, **change}
    )


def plateforme(**change) -> Plateforme:
    return replace(MAPA.plateforme, **change)


def allotissement(**change) -> Allotissement:
    return replace(MAPA.allotissement, **{"lots": LOTS, "maximum_de_lots_soumis": 2, **change})


def criteres() -> tuple[Critere, ...]:
    """Les mêmes, sans leurs détails : un test n'abîme qu'une chose."""
    return tuple(replace(critere, sous_criteres=(), methode="") for critere in MAPA.criteres)


def offre(**change) -> Offre:
    sans_visite = replace(
        MAPA.offre,
        visite="",
        negociation=replace(MAPA.offre.negociation, phases="une phase, par écrit"),
    )
    return replace(sans_visite, **change)


def execution(**change) -> Execution:
    return replace(MAPA.execution, **{"variation_de_prix": "ferme actualisable", **change})


def documents() -> tuple[DocumentDuDossier, ...]:
    return (
        DocumentDuDossier(
            nom="reglement.pdf", intitule="Règlement de la consultation", sorte="rc", taille=300_000
        ),
        DocumentDuDossier(nom="ccap.pdf", intitule="CCAP", sorte="ccap", taille=200_000),
        DocumentDuDossier(nom="cctp.pdf", intitule="CCTP", sorte="cctp", taille=900_000),
        DocumentDuDossier(nom="acte.odt", intitule="Acte d'engagement", sorte="ae", taille=90_000),
        DocumentDuDossier(nom="dpgf.xlsx", intitule="DPGF", sorte="dpgf", taille=40_000),
    )


CONFORME = (
    (
        "La commune de Saint-Ambroise, SIRET 21620999900012, "
        "passe un marché de travaux en procédure adaptée."
    ),
    "La consultation comporte 2 lots : lot 1, couverture et zinguerie ; lot 2, isolation.",
    "Un candidat peut répondre à tous les lots.",
    (
        "Le dossier de consultation est gratuit, complet et en accès direct, sans inscription, "
        f"à l'adresse {ADRESSE}."
    ),
    (
        "Le dossier comprend le règlement de la consultation, le CCAP, le CCTP, "
        "l'acte d'engagement et la DPGF."
    ),
    "Les offres sont remises avant le 12 janvier 2027 à 14 h 00, heure de Paris.",
    "Les questions sont posées avant le 4 janvier 2027 sur la plateforme.",
    (
        "Les plis sont remis par voie électronique sur le profil d'acheteur. "
        "Les plis sur papier ne sont pas acceptés."
    ),
    "La date limite se lit à la réception complète : un pli reçu hors délai est éliminé.",
    (
        "Si plusieurs offres sont transmises pour un même lot, "
        "seule la dernière offre reçue dans le délai est ouverte."
    ),
    "Une copie de sauvegarde peut être remise sur papier ou sur clé USB, "
    "dans un pli portant la mention "
    "« copie de sauvegarde », à la Mairie, 1 place de la Mairie, 62123 Saint-Ambroise, "
    "du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h.",
    "La copie de sauvegarde est ouverte si un programme malveillant est trouvé, "
    "ou si le pli électronique est incomplet, "
    "reçu hors délai ou n'a pas pu être ouvert, "
    "pourvu que sa transmission ait commencé avant l'heure limite.",
    (
        "Un fichier qui contient un virus est mis à l'écart, la trace en est gardée, "
        "et la copie de sauvegarde est ouverte."
    ),
    "La signature électronique n'est pas exigée au dépôt. Le marché est signé par l'attributaire.",
    (
        "Les candidats peuvent utiliser le DUME, les formulaires DC1 et DC2, "
        "ou tout document équivalent."
    ),
    "Les variantes ne sont pas autorisées.",
    (
        "L'acheteur peut négocier. Il se réserve la possibilité d'attribuer le "
        "marché sans négociation."
    ),
    "Les offres sont jugées selon les critères pondérés suivants :",
    "Prix : 50 %",
    "Valeur technique : 35 %",
    "Environnement, tri et réemploi des déchets : 15 %",
    "Les candidats restent engagés par leur offre pendant 120 jours.",
    (
        "Le marché suit le CCAG Travaux de 2021. Le paiement se fait sous 30 jours, "
        "les factures passent par Chorus Pro."
    ),
    "Les offres sont rédigées en langue française.",
    "Le tribunal administratif de Lille est compétent : référé précontractuel avant la signature, "
    "référé contractuel, "
    "recours en contestation de la validité du contrat dans les deux mois.",
    (
        "Les données personnelles sont traitées par l'acheteur. "
        "Le délégué à la protection des données est joignable."
    ),
    (
        "L'assistance répond au 03 21 99 99 99 ; "
        "un espace d'essai est sur https://marches.example/essai/."
    ),
    "L'adresse électronique donnée au dépôt sert aux notifications : le candidat la surveille.",
)


def texte(*lignes: str, lacunes: tuple[str, ...] = ()) -> Texte:
    paragraphes = tuple(
        Paragraphe(numero=rang, texte=ligne, page=1) for rang, ligne in enumerate(lignes, start=1)
    )
    return Texte(sorte="pdf", paragraphes=paragraphes, lacunes=lacunes)


def reglement(remplace: dict[str, str] | None = None, *, en_plus: tuple[str, ...] = ()) -> Texte:
    """Le règlement conforme ;
    une ligne qui contient la clé est remplacée par la valeur, ou ôtée si elle est vide.
    """
    lignes = list(CONFORME)
    for cherche, nouvelle in (remplace or {}).items():
        assert any(cherche in ligne for ligne in lignes), (
            f"« {cherche} » n'est pas dans le règlement conforme"
        )
        lignes = [nouvelle if cherche in ligne else ligne for ligne in lignes]
    return texte(*(ligne for ligne in (*lignes, *en_plus) if ligne))


def rapport(
    projet: Achat | None = None,
    *,
    lu: Texte | None = None,
    jour: date = date(2026, 11, 24),
    actes: tuple[Texte, ...] = (),
) -> Rapport:
    return controler(projet, lu, Droit.au(jour), MAINTENANT, actes=actes)


def constats(
    code: str,
    projet: Achat | None = None,
    *,
    lu: Texte | None = None,
    jour: date = date(2026, 11, 24),
):
    """Les constats d'un contrôle ; chacun dit comment corriger, où, et pourquoi."""
    trouves = rapport(projet, lu=lu, jour=jour).du(code)
    for constat in trouves:
        assert_lisible(constat)
    return trouves


def assert_lisible(constat: Constat) -> None:
    assert constat.remede.endswith(".")
    assert constat.quoi.endswith(".")
    assert constat.champ
    assert constat.pourquoi.source


def gravites(trouves) -> list[str]:
    return [constat.gravite.value for constat in trouves]


def exige(
    code: str,
    gravite: str,
    champ: str,
    quoi: str,
    remede: str,
    *,
    projet: Achat | None = None,
    lu: Texte | None = None,
) -> Constat:
    """Le contrôle dit exactement cela :
    la gravité, le champ, ce qui ne va pas, comment le corriger.
    """
    trouves = constats(code, projet, lu=lu)
    dits = {(c.gravite.value, c.champ, c.quoi, c.remede): c for c in trouves}
    assert (gravite, champ, quoi, remede) in dits, f"{code} a dit : {list(dits)}"
    return dits[gravite, champ, quoi, remede]
