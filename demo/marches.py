"""Les consultations de la démonstration :
la commune, ce qu'elle achète, ses documents, ce qu'elle attend.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.rules.procedures import PROCEDURE_ADAPTEE
from beffroi.achat.consultations.services import (
    ajouter_piece,
    attendre_piece,
    choisir_la_politique,
    creer_consultation,
    definir_les_lots,
    designer_membre,
    publier_consultation,
)
from demo import cles, documents
from demo.peuplement import Troupe

CANDIDATURE = (("Lettre de candidature", "pdf,odt,docx"), ("Capacités du candidat", "pdf,odt,docx"))
OFFRE = (
    ("Acte d'engagement", "pdf,odt,docx"),
    ("Mémoire technique", "pdf"),
    ("Bordereau des prix", "ods,xlsx,pdf"),
)


@dataclass(frozen=True)
class Marche:
    """Un achat de la commune de Bomy, tel que Martine le décrit."""

    titre: str
    objet: str
    nature: str = "travaux"
    code_cpv: str = ""
    lots: tuple[str, ...] = ()
    politique: str = "standard"
    membres: tuple[str, ...] = ("martine", "helene", "bernard")
    type_de_procedure: str = PROCEDURE_ADAPTEE
    articles: dict[str, str] = field(default_factory=dict)
    # Un appel d'offres répond au plus tard six jours avant l'heure limite :
    # il faut cesser de recevoir avant.
    questions_jusqu_a: int = 4


TOITURE = Marche(
    titre="Réfection de la toiture de l'école Jules-Ferry",
    objet="La commune refait la couverture en ardoise et l'isolation de l'école, soit 640 m². "
    "Les travaux ont lieu en juillet et août, école fermée.",
    code_cpv="45260000-7",
    articles={"objet": "Couverture en ardoise, 640 m².", "délai": "Huit semaines, école fermée."},
)
TOITURE_EN_LOTS = replace(
    TOITURE,
    titre="Réhabilitation de la salle des fêtes",
    objet="La commune rénove la salle des fêtes : couverture, puis charpente et isolation.",
    lots=("Couverture en ardoise et zinguerie", "Charpente et isolation en fibre de bois"),
    politique="double",
)
CANTINE = Marche(
    titre="Fourniture de repas pour la cantine",
    objet="Repas en liaison froide pour 62 enfants, quatre jours par semaine, pendant un an.",
    nature="fournitures",
    code_cpv="55523100-3",
    articles={"objet": "Repas en liaison froide.", "quantité": "62 repas par jour."},
)
VOIRIE = Marche(
    titre="Entretien des chemins communaux",
    objet="Curage des fossés et reprise de 3 km de chemins.",
    code_cpv="45233141-9",
    articles={"objet": "Curage et reprise.", "délai": "Six semaines."},
)
CAMPING = Marche(
    titre="Exploitation du camping municipal",
    objet="Concession de service pour l'exploitation du camping, pendant cinq ans.",
    nature="concession",
    code_cpv="55221000-4",
    articles={"objet": "Exploitation du camping.", "durée": "Cinq ans."},
)


def rediger(
    marche: Marche,
    troupe: Troupe,
    *,
    le: datetime,
    limite: datetime,
    commune: str = "Bomy",
    par: str = "martine",
) -> Consultation:
    """Martine écrit la consultation, ajoute ses documents,
    dit quelles pièces elle attend et qui ouvrira.
    """
    auteur = troupe.personnes[par]
    fiche = Fiche(
        titre=marche.titre,
        objet=marche.objet,
        nature=marche.nature,
        code_cpv=marche.code_cpv,
        lieu=commune,
        type_de_procedure=marche.type_de_procedure,
        date_limite_remise=limite,
        date_limite_questions=limite - timedelta(days=marche.questions_jusqu_a)
        if limite - le > timedelta(days=6)
        else None,
        ouverture_prevue_le=limite + timedelta(hours=6),
        adresse_de_remise=f"Mairie de {commune}, place de la Mairie",
    )
    consultation = creer_consultation(
        organisme=troupe.organismes[commune], redigee_par=auteur, fiche=fiche, maintenant=le
    )
    definir_les_lots(
        consultation=consultation, intitules=marche.lots, par=auteur.acteur, maintenant=le
    )
    if marche.politique != "standard":
        choisir_la_politique(
            consultation=consultation, politique=marche.politique, par=auteur.acteur, maintenant=le
        )
    joindre_les_documents(consultation, marche, par=auteur, le=le)
    dire_les_pieces_attendues(consultation, par=auteur, le=le)
    for membre in marche.membres:
        designer_membre(
            consultation=consultation,
            utilisateur=troupe.personnes[membre],
            par=auteur.acteur,
            maintenant=le,
        )
    consultation.refresh_from_db()
    return consultation


def joindre_les_documents(consultation: Consultation, marche: Marche, *, par, le: datetime) -> None:  # type: ignore[no-untyped-def]
    surtitre = f"{consultation.organisme.nom}, consultation {consultation.reference}"
    reglement = documents.pdf("Règlement de la consultation", surtitre, **marche.articles)
    cahier = documents.pdf("Cahier des clauses techniques", surtitre, **marche.articles)
    acte = documents.pdf(
        "Acte d'engagement", surtitre, prix="À remplir par l'entreprise.", signature="À signer."
    )
    prix = documents.bordereau(
        ("Prestation principale", "forfait", 0.0), ("Option", "forfait", 0.0)
    )
    plans = documents.archive(plan_de_situation_pdf=cahier, plan_de_masse_pdf=reglement)
    for sorte, intitule, nom, contenu in (
        ("rc", "Règlement de la consultation", "reglement.pdf", reglement),
        ("ae", "Acte d'engagement", "acte-engagement.pdf", acte),
        ("cctp", "Cahier des clauses techniques", "cahier-technique.pdf", cahier),
        ("prix", "Bordereau des prix", "bordereau-des-prix.ods", prix),
        ("plan", "Plans", "plans.zip", plans),
    ):
        ajouter_piece(
            consultation=consultation,
            sorte=sorte,
            intitule=intitule,
            nom=nom,
            flux=io.BytesIO(contenu),
            par=par.acteur,
            maintenant=le,
        )


def dire_les_pieces_attendues(consultation: Consultation, *, par, le: datetime) -> None:  # type: ignore[no-untyped-def]
    for intitule, formats in CANDIDATURE:
        attendre_piece(
            consultation=consultation,
            enveloppe="candidature",
            intitule=intitule,
            formats=formats,
            par=par.acteur,
            maintenant=le,
        )
    for lot in consultation.lots.all() or [None]:
        for intitule, formats in OFFRE:
            attendre_piece(
                consultation=consultation,
                enveloppe="offre",
                intitule=intitule,
                lot=lot,
                formats=formats,
                par=par.acteur,
                maintenant=le,
            )


def publier(
    consultation: Consultation,
    troupe: Troupe,
    membres: Sequence[str],
    *,
    le: datetime,
    par: str = "martine",
) -> Consultation:
    """La cérémonie des clés, puis la publication."""
    auteur = troupe.personnes[par]
    consultation = cles.ceremonie(consultation, troupe, membres, par=auteur, le=le)
    return publier_consultation(consultation=consultation, par=auteur.acteur, maintenant=le)
