"""L'attribution de la démonstration :
un appel d'offres que la CAO a choisi, ses lettres parties, l'attente, une demande.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution import services
from beffroi.choix.attribution.models import Lettre
from beffroi.choix.attribution.services import FaitsDUneSuite, ProjetDAttribution, Relecture
from beffroi.choix.attribution.soumissionnaires import soumissionnaires
from beffroi.choix.echanges.services import lire
from beffroi.reponse.depots.models import Pli
from demo import commissions, documents, marches, seances
from demo.personnages import SOCIETES
from demo.peuplement import Troupe
from demo.reponses import repondre

SOUMISSIONNAIRES = (("sophie", "faitage"), ("zoe", "zingueurs"), ("emile", "etoile"))
MEDIATHEQUE = replace(
    marches.TOITURE,
    titre="Construction de la médiathèque intercommunale",
    objet="La commune construit une médiathèque de 900 m², ouverte à quatre villages.",
    code_cpv="45212330-8",
    type_de_procedure="appel_offres_ouvert",
    articles={"objet": "Médiathèque, 900 m².", "délai": "Seize mois."},
    questions_jusqu_a=10,
)
RETENUE = "zingueurs"
MOTIF = (
    "Offre économiquement la plus avantageuse : 88 points sur 100, "
    "la meilleure note sur le planning et l'environnement."
)
AVANTAGES = (
    "Une charpente en bois local, un chantier de quatorze mois et une équipe dédiée à la "
    "tenue du chantier."
)
REJETS = {
    "faitage": FaitsDUneSuite(
        2, Decimal("81.5"), "Votre planning de seize mois obtient 12 points sur 20."
    ),
    "etoile": FaitsDUneSuite(
        3, Decimal("74"), "Votre mémoire ne dit pas comment les déchets du chantier sont triés."
    ),
}


def raconter(troupe: Troupe, *, le: datetime) -> None:
    """Les lettres sont parties il y a trois jours ;
    une entreprise a lu la sienne et demande pourquoi.
    """
    consultation = offres_ouvertes(troupe, limite=le - timedelta(days=9))
    commission = commissions.creer(troupe, le=le - timedelta(days=40))
    retenu = pli_retenu(consultation, troupe)
    commissions.choisir(
        commission, consultation, retenu, troupe, le=le - timedelta(days=4, hours=3)
    )
    attribuer(consultation, troupe, le=le - timedelta(days=4))
    envoyer_les_lettres(consultation, troupe, le=le - timedelta(days=3))
    demander(consultation, troupe, le=le - timedelta(days=1))


def offres_ouvertes(troupe: Troupe, *, limite: datetime) -> Consultation:
    """Trois offres, et la séance qui les a ouvertes."""
    debut = limite - timedelta(days=40)
    consultation = marches.rediger(MEDIATHEQUE, troupe, le=debut, limite=limite)
    consultation = marches.publier(
        consultation, troupe, ("martine", "helene", "bernard"), le=debut + timedelta(days=1)
    )
    for rang, (qui, chez) in enumerate(SOUMISSIONNAIRES, start=1):
        nom = next(societe.nom for societe in SOCIETES if societe.cle == chez)
        candidature = {
            "lettre-de-candidature.pdf": documents.pdf(
                "Lettre de candidature", nom, objet=consultation.titre
            )
        }
        offre = {
            "acte-engagement.pdf": documents.pdf(
                "Acte d'engagement", nom, prix="Voir le bordereau."
            )
        }
        depose = limite - timedelta(hours=rang)
        repondre(
            consultation,
            troupe,
            qui=qui,
            chez=chez,
            le=depose,
            candidature=candidature,
            offres={None: offre},
        )
    seances.depouiller(
        consultation, troupe, preside="helene", avec="bernard", le=limite + timedelta(hours=5)
    )
    consultation.refresh_from_db()
    return consultation


def pli_retenu(consultation: Consultation, troupe: Troupe) -> Pli:
    choisie = troupe.equipes[RETENUE]
    return next(s.pli for s in soumissionnaires(consultation, None) if s.equipe == choisie)


def attribuer(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    pli = pli_retenu(consultation, troupe)
    projet = ProjetDAttribution(
        pli=pli, montant=Decimal("1284500.00"), motif=MOTIF, avantages=AVANTAGES
    )
    services.attribuer(
        consultation=consultation,
        lot=None,
        projet=projet,
        par=troupe.personnes["martine"],
        maintenant=le,
    )


def envoyer_les_lettres(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    par = troupe.personnes["martine"]
    chez = {equipe.pk: cle for cle, equipe in troupe.equipes.items()}
    for lettre in services.preparer_les_lettres(consultation=consultation, par=par, maintenant=le):
        rejet = REJETS.get(chez[lettre.equipe_id])
        faits = {suite.pk: rejet for suite in lettre.suites.all()} if rejet else {}
        precisee = services.preciser(lettre=lettre, faits=faits, par=par, maintenant=le)
        services.relire(
            lettre=precisee, relecture=Relecture(precisee.texte), par=par, maintenant=le
        )
    services.envoyer_les_lettres(
        consultation=consultation, par=par, maintenant=le + timedelta(minutes=20)
    )


def demander(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    sienne = Lettre.objects.get(consultation=consultation, equipe=troupe.equipes["faitage"])
    if sienne.exemplaire is None:
        raise ValueError("Une lettre partie par la messagerie a son exemplaire.")
    lire(
        fil=sienne.exemplaire.fil,
        par=troupe.personnes["sophie"],
        maintenant=le - timedelta(hours=2),
    )
    services.demander(
        lettre=sienne,
        texte=(
            "Quels sont les avantages et les caractéristiques de l'offre retenue sur le planning ?"
        ),
        par=troupe.personnes["sophie"],
        maintenant=le,
    )
