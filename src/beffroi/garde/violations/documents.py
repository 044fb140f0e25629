"""Le registre en CSV, une violation en PDF (RGPD, art. 33, § 5)."""

from datetime import datetime

from beffroi.garde.violations import queries
from beffroi.garde.violations.models import Suite, Violation
from beffroi.garde.violations.rules import COMMUNICATION
from beffroi.personnes.organismes.queries import exploitant
from droit.calendrier.personnes import VIOLATION, notifier_avant
from formats.dates import jour_et_heure
from formats.document import (
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Paragraphe,
    SousTitre,
    cite,
    gras,
    pdf,
    phrase,
)
from formats.tableur import Cellule, csv_au_fil_de_l_eau

ENTETES = (
    "Référence",
    "En une ligne",
    "État",
    "Connue le",
    "Commencée le",
    "Données",
    "Ce qu'elles ont subi",
    "Personnes",
    "Nombre de personnes",
    "Nombre d'enregistrements",
    "Ce qui s'est passé",
    "Conséquences",
    "Mesures",
    "Risque",
    "À notifier avant",
    "Notifiée le",
    "Personnes prévenues",
    "Adhérents prévenus",
    "Suites",
    "Bilan",
)
INCONNU = "Pas encore connu"


def registre(*, le: datetime) -> bytes:
    return b"".join(
        csv_au_fil_de_l_eau(ENTETES, (_ligne(une, le=le) for une in queries.violations()))
    )


def _ligne(violation: Violation, *, le: datetime) -> tuple[Cellule, ...]:
    notification = queries.ligne(violation, le=le).notification
    suites = list(violation.suites.all())
    prevenues = next((une.faite_le for une in suites if une.sorte == Suite.Sorte.COMMUNICATION), "")
    touches = " ; ".join(
        f"{une.organisme.nom}, {jour_et_heure(une.prevenu_le)}" for une in violation.touches.all()
    )
    return (
        violation.reference,
        violation.titre,
        violation.get_etat_display(),
        violation.connue_le,
        violation.commencee_le or INCONNU,
        violation.donnees,
        ", ".join(violation.atteintes),
        violation.personnes,
        _nombre(violation.nombre_de_personnes),
        _nombre(violation.nombre_d_enregistrements),
        violation.nature,
        violation.consequences,
        violation.mesures,
        violation.get_risque_display(),
        notifier_avant(violation.connue_le)
        if violation.responsable
        else "Le centre n'est pas responsable",
        notification.faite_le if notification else "",
        prevenues,
        touches,
        "\n".join(_suite(une) for une in suites),
        violation.bilan,
    )


def _nombre(nombre: int | None) -> Cellule:
    return INCONNU if nombre is None else nombre


def _suite(suite: Suite) -> str:
    morceaux = (
        f"{jour_et_heure(suite.faite_le)} : {suite.get_sorte_display()}.",
        suite.get_cas_display(),
        suite.texte,
        suite.changements,
        f"Motifs du retard : {suite.motif_du_retard}" if suite.motif_du_retard else "",
    )
    return " ".join(morceau for morceau in morceaux if morceau)


def fiche(violation: Violation, *, le: datetime) -> bytes:
    """Une violation, de quoi notifier et documenter."""
    centre = exploitant()
    document = Document(
        titre="Violation de données personnelles",
        objet=violation.titre,
        reference=violation.reference,
        nature="Registre",
        emetteur=Emetteur(centre.nom, centre.adresse),
        etabli_le=le,
        chapitres=(_faits(violation), _suites(violation), _adherents(violation)),
    )
    return pdf(document)


def _faits(violation: Violation) -> Chapitre:
    lignes = (
        ("Connue le", jour_et_heure(violation.connue_le)),
        (
            "Commencée le",
            jour_et_heure(violation.commencee_le) if violation.commencee_le else INCONNU,
        ),
        ("Données", f"{violation.donnees} ({', '.join(violation.atteintes)})"),
        ("Enregistrements", str(_nombre(violation.nombre_d_enregistrements))),
        ("Personnes", f"{violation.personnes} ({_nombre(violation.nombre_de_personnes)})"),
        ("Risque", f"{violation.get_risque_display()}. {violation.raison_du_risque}"),
        ("À notifier avant", jour_et_heure(notifier_avant(violation.connue_le))),
    )
    textes = (
        ("Ce qui s'est passé", violation.nature),
        ("Conséquences probables", violation.consequences),
        ("Mesures", violation.mesures),
        ("Bilan", violation.bilan),
    )
    blocs = [
        bloc for titre, dit in textes if dit for bloc in (SousTitre(titre), Paragraphe(phrase(dit)))
    ]
    return Chapitre("Les faits", (Fiche(tuple((nom, phrase(dit)) for nom, dit in lignes)), *blocs))


def _suites(violation: Violation) -> Chapitre:
    dites = tuple(Paragraphe(phrase(_suite(une))) for une in violation.suites.all())
    regle = Paragraphe(
        phrase(
            "La CNIL se notifie en 72 heures, les personnes se préviennent à risque élevé.",
            cite(VIOLATION, COMMUNICATION),
        ),
        "note",
    )
    return Chapitre("Ce qui s'est fait", (regle, *(dites or (Paragraphe(phrase("Rien encore.")),))))


def _adherents(violation: Violation) -> Chapitre:
    dits = tuple(
        Paragraphe(
            phrase(
                gras(une.organisme.nom),
                f", prévenu le {jour_et_heure(une.prevenu_le)} : {une.message}",
            )
        )
        for une in violation.touches.all()
    )
    return Chapitre("Adhérents prévenus", dits or (Paragraphe(phrase("Aucun.")),))
