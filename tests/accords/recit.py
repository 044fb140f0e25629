"""Ce qui fait écrire la plateforme, d'un bout à l'autre d'une consultation :
un suivi, un report, une question, un dépôt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.achat.consultations import rappels
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import prolonger_le_delai
from beffroi.personnes.abonnements import services as abonnements
from beffroi.personnes.abonnements.rules import dernier_resume
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.rappels import services as notifications
from beffroi.publicite.alertes import services as alertes
from beffroi.publicite.alertes import taches as taches_des_alertes
from beffroi.publicite.alertes.models import ConsultationParue
from beffroi.publicite.questions import services as questions
from beffroi.publicite.recherche.rules.requete import Recherche
from beffroi.publicite.recherche.services import indexation
from beffroi.publicite.retraits.queries import sujet_de
from beffroi.reponse.depots import rondes as rondes_des_depots
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.reponse.depots.services import commencer_reponse
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services import preparer_seance
from beffroi.seance.ouverture.tests.factories import Scene
from beffroi.seance.repetition import taches as repetitions
from demo import courriers
from demo import questions as demandes
from demo.reponses import envoyer_une_enveloppe

FICHIERS = {"Offre.pdf": b"%PDF-1.7 offre"}
HEURE = timedelta(hours=1)
# Les trois qui ouvriront, et qui a commencé sa réponse.
QUI_L_ATTEND = ("martine", "helene", "bernard", "zoe")


@dataclass(frozen=True)
class Recit:
    """Ce que le récit a fait naître, que les rendus montrent."""

    scene: Scene
    consultation: Consultation
    brouillon: BrouillonDeReponse
    pli: Pli
    le: datetime

    @property
    def limite(self) -> datetime:
        return self.consultation.limite

    def seance(self) -> Seance:
        """Après l'heure ; la consultation n'est plus ouverte ensuite :
        le dernier rendu la prépare.
        """
        preside = self.scene.personne("helene")
        apres = self.limite + HEURE
        return preparer_seance(
            consultation=self.consultation, presidee_par=preside, par=preside, maintenant=apres
        )


def raconter(scene: Scene, *, titre: str, limite: datetime, le: datetime) -> Recit:
    """Le délai est reporté jusqu'à `limite` ;
    tout ce qui s'écrit ensuite dit cette heure, et rien que celle-là.
    """
    consultation, martine = scene.consultation, scene.personne("martine")
    Consultation.toutes.filter(pk=consultation.pk).update(
        titre=titre, date_limite_remise=limite - HEURE
    )
    consultation.refresh_from_db()
    abonnements.suivre(courriel="suivi@example.org", sujet=sujet_de(consultation), maintenant=le)
    prolonger_le_delai(
        consultation=consultation,
        nouvelle=limite,
        motif="Un plan manquait.",
        par=martine.acteur,
        maintenant=le,
    )
    consultation = Consultation.toutes.select_related("organisme").get(pk=consultation.pk)
    scene.consultation = consultation
    _alerter(consultation, le=le)
    _repondre_a_une_question(scene, le=le)
    courriers.ecrire_avant(consultation, scene.troupe, le=le)
    pli = scene.repond(le=limite - 2 * HEURE, candidature=FICHIERS, offre=FICHIERS)
    brouillon = _commencer_sans_deposer(scene, le=limite - 3 * HEURE)
    _rappeler(limite)
    resumer_le_matin([scene.personne(cle) for cle in QUI_L_ATTEND], avant=limite)
    return Recit(scene, consultation, brouillon, pli, le)


def _alerter(consultation: Consultation, *, le: datetime) -> None:
    """Une recherche gardée la trouve, à l'instant pour l'un, au matin pour l'autre."""
    indexation.indexer(consultation, le=le)
    sujet = alertes.sujet_de(Recherche())
    abonnements.suivre(courriel="recherche@example.org", sujet=sujet, maintenant=le - HEURE)
    par_jour = abonnements.suivre(courriel="matin@example.org", sujet=sujet, maintenant=le - HEURE)
    abonnements.changer_de_cadence(suivi=par_jour, cadence="quotidien")
    ConsultationParue.objects.filter(reference=consultation.reference).update(annoncee_le=None)
    taches_des_alertes.annoncer(le)


def _repondre_a_une_question(scene: Scene, *, le: datetime) -> None:
    posee = demandes.poser(
        scene.consultation, scene.troupe, "Quels fossés ?", qui="zoe", chez="zingueurs", le=le
    )
    projet = questions.Projet(
        question_publique="Quels fossés faut-il curer ?",
        texte="Ceux du plan joint.",
        suite="non",
        motif_sans_changement="Le plan le dit.",
    )
    par = scene.personne("martine").acteur
    questions.preparer_la_reponse(question=posee, projet=projet, par=par, maintenant=le + HEURE)
    questions.publier_la_reponse(question=posee, relue=False, par=par, maintenant=le + HEURE)


def _commencer_sans_deposer(scene: Scene, *, le: datetime) -> BrouillonDeReponse:
    """Des fichiers envoyés, et pas de dépôt : ce que les rappels attrapent."""
    brouillon = commencer_reponse(
        consultation=scene.consultation,
        equipe=scene.troupe.equipes["zingueurs"],
        lots=[],
        par=scene.personne("zoe"),
        maintenant=le,
    )
    envoyer_une_enveloppe(brouillon, "offre", None, FICHIERS, le=le)
    return brouillon


def _rappeler(limite: datetime) -> None:
    """Les rondes : essayer sa clé, répéter l'ouverture, déposer ce qui est envoyé."""
    rappels.rappeler_les_essais(limite - timedelta(days=2) + timedelta(minutes=1))
    repetitions.rappeler(limite - timedelta(hours=20))
    for avant in (timedelta(hours=2), timedelta(minutes=30)):
        rondes_des_depots.rappeler(limite - avant)


def resumer_le_matin(personnes: Sequence[Utilisateur], *, avant: datetime) -> None:
    """Les huit heures qui précèdent l'heure limite :
    ce que chacun a à faire, et ce que sa recherche a trouvé.
    """
    matin = dernier_resume(avant - HEURE)
    taches_des_alertes.envoyer_les_resumes(matin)
    for personne in personnes:
        assert notifications.ecrire_le_resume(
            personne=personne, jour=matin.date(), maintenant=matin
        ), personne
