"""Le travail des avis, hors de toute transaction : porter un avis à son support, rédiger ce qu'un changement appelle."""

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.tasks import task

from beffroi.avis import queries, services
from beffroi.avis.models import Avis, Parution
from beffroi.avis.ports import AvisAEnvoyer, publicateur
from beffroi.avis.verification import rapport_de
from beffroi.consultations.models import Consultation
from beffroi.journal.acteurs import PLATEFORME
from beffroi.socle.erreurs import RegleEnfreinte, ServiceIndisponible
from beffroi.socle.horloge import maintenant
from beffroi.socle.services import ecrire_courriel
from formats.avis import rapport
from formats.avis.modele import Avis as Contenu
from formats.dates import PARIS


@task()
def transmettre(reference: str) -> None:
    """Envoie l'avis et garde l'accusé ; la file recommence si le service se tait, un refus s'écrit."""
    parution = Parution.objects.select_related("avis__consultation__organisme").get(reference=reference)
    if parution.etat != Parution.Etat.EN_ENVOI:
        return
    try:
        accuse = publicateur(parution.voie).publier(_a_envoyer(parution), maintenant=maintenant())
    except ServiceIndisponible as erreur:
        if not erreur.permanent:
            raise
        services.constater_le_refus(parution=parution, motif=erreur.message, par=PLATEFORME, maintenant=maintenant())
        return
    services.noter_l_envoi(parution=parution, accuse=accuse, maintenant=maintenant())


@task()
def verifier(reference: str) -> None:
    """Les contrôles officiels d'un avis européen : plusieurs secondes, donc jamais pendant une requête."""
    avis = Avis.objects.get(reference=reference)
    services.noter_la_verification(avis=avis, rapport=rapport.en_json(rapport_de(avis)), maintenant=maintenant())


@task()
def rediger_les_rectificatifs(reference: str, explication: str, dossier_modifie_le: str = "") -> None:
    """L'heure limite a changé : le rectificatif de chaque avis est prêt à envoyer. Rejouée, la tâche n'en écrit pas d'autre.

    Le dossier a pu changer du même acte : le modèle européen le dit dans le même rectificatif (BT-719).
    """
    consultation = Consultation.toutes.get(reference=reference)
    for avis in queries.avis_en_vigueur(consultation):
        contenu = avis.structure
        questions = contenu.remise.limite_des_questions and consultation.date_limite_questions
        remise = replace(contenu.remise, limite=consultation.date_limite_remise, limite_des_questions=questions)
        if remise == contenu.remise:
            continue
        dossier = _jour(dossier_modifie_le) if avis.forme == Avis.Forme.EUROPEENNE else None
        _rectifier(avis, replace(contenu, remise=remise), explication, dossier=dossier)


@task()
def dire_que_le_dossier_a_change(reference: str, explication: str, le: str) -> None:
    """Le modèle européen dit quand le dossier change (BT-719) : son rectificatif est prêt, s'il est déjà parti.

    Le modèle national n'a pas cette mention : un avis national ne se rectifie que si ce qu'il annonce change.
    """
    consultation = Consultation.toutes.get(reference=reference)
    if not queries.est_parti(consultation, Avis.Forme.EUROPEENNE):
        return
    for avis in queries.avis_en_vigueur(consultation):
        contenu = avis.structure
        deja_dit = contenu.changement is not None and contenu.changement.explication == explication
        if avis.forme == Avis.Forme.EUROPEENNE and not deja_dit:
            _rectifier(avis, contenu, explication, dossier=_jour(le))


@task()
def rediger_les_annulations(reference: str, motif: str) -> None:
    """La consultation est sans suite : l'annulation de chaque avis est prête à envoyer."""
    for avis in queries.avis_en_vigueur(Consultation.toutes.get(reference=reference)):
        services.annuler_un_avis(avis=avis, motif=motif, par=PLATEFORME, maintenant=maintenant())


def _jour(le: str) -> date | None:
    return datetime.fromisoformat(le).astimezone(PARIS).date() if le else None


def _rectifier(avis: Avis, apres: Contenu, explication: str, dossier: date | None = None) -> None:
    """Rédige, ou dit à la personne pourquoi le rectificatif ne se rédige pas : recommencer n'y changerait rien."""
    try:
        services.rectifier_un_avis(
            avis=avis,
            apres=apres,
            explication=explication,
            dossier_modifie_le=dossier,
            par=PLATEFORME,
            maintenant=maintenant(),
        )
    except RegleEnfreinte as refus:
        _prevenir(avis, refus)


def _prevenir(avis: Avis, refus: RegleEnfreinte) -> None:
    consultation = avis.consultation
    raisons = "\n".join(f"- {motif}" for motif in refus.motifs) or refus.message
    ecrire_courriel(
        cle=f"rectificatif-impossible:{avis.reference}:{raisons}"[:200],
        destinataire=consultation.redigee_par.courriel,
        sujet=f"L'avis rectificatif est à écrire vous-même : {consultation.titre}",
        texte=(
            f"Bonjour {consultation.redigee_par.nom},\n\n"
            f"La consultation {consultation.reference} a changé. Son avis rectificatif n'a pas pu se rédiger :\n{raisons}\n\n"
            "Écrivez-le sur le site du support où l'avis a paru.\n"
            f"{settings.ADRESSE_PUBLIQUE}/consultations/{consultation.reference}/publicite/\n"
        ),
        maintenant=maintenant(),
    )


def _a_envoyer(parution: Parution) -> AvisAEnvoyer:
    return AvisAEnvoyer(
        cle=parution.reference,
        support=parution.support,
        nom_du_support=parution.nom_du_support,
        texte=parution.avis.texte,
        xml=parution.avis.xml,
    )
