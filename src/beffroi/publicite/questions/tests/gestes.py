"""Une entreprise qui demande, un acheteur qui répond : par les services seuls."""

import io
import secrets
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.tests.gestes import inscrit, reconnu
from beffroi.publicite.questions import services
from beffroi.publicite.questions.models import Question, ReponseAQuestion
from beffroi.socle.guichet.envois import Fichier

SIRET, AUTRE_SIRET = "73282932000074", "40483304800022"
REPONSE = {
    "question_publique": "Quelle ardoise faut-il poser ?",
    "texte": "Une ardoise naturelle, de 32 sur 22.",
    "suite": "non",
    "motif_sans_changement": "Le cahier des clauses techniques le dit déjà.",
}


def membre(
    nom: str = "Sophie Merlin",
    siret: str = SIRET,
    entreprise: str = "Atelier du Faîtage",
    *,
    par: Membre | None = None,
    le: datetime,
) -> Membre:
    """Qui fonde son équipe ; `par` : le collègue qui l'a reconnue."""
    personne = creer_utilisateur(
        courriel=f"{nom.split(maxsplit=1)[0].lower()}@{siret}.example",
        nom=nom,
        adresse_verifiee=True,
        maintenant=le,
    )
    return reconnu(personne, par, le=le) if par else inscrit(personne, siret, nom=entreprise, le=le)


def poser(
    consultation: Consultation,
    par: Membre,
    texte: str = "Quelle ardoise ?",
    *,
    le: datetime,
    fichiers: tuple[tuple[str, bytes], ...] = (),
    cle: str = "",
) -> Question:
    return services.poser_une_question(
        consultation=consultation,
        equipe=par.equipe,
        saisie=services.Saisie(
            texte=texte,
            cle=cle or secrets.token_urlsafe(24),
            fichiers=[Fichier(nom, io.BytesIO(octets)) for nom, octets in fichiers],
        ),
        par=par.utilisateur,
        maintenant=le,
    )


def poser_sans_compte(consultation: Consultation, courriel: str, *, le: datetime) -> Question:
    services.donner_le_lien(consultation=consultation, courriel=courriel, maintenant=le)
    saisie = services.Saisie(texte="Quelle ardoise ?", cle=secrets.token_urlsafe(24))
    return services.poser_sans_compte(
        demandeur=consultation.demandeurs.get(courriel=courriel), saisie=saisie, maintenant=le
    )


def preparer(scene, question: Question, **champs: object) -> ReponseAQuestion:
    return services.preparer_la_reponse(
        question=question,
        projet=services.Projet(**{**REPONSE, **champs}),
        par=scene.martine.acteur,
        maintenant=scene.le + timedelta(hours=1),
    )


def publier(
    scene, question: Question, *, relue: bool = False, le: datetime | None = None
) -> ReponseAQuestion:
    return services.publier_la_reponse(
        question=question,
        relue=relue,
        par=scene.martine.acteur,
        maintenant=le or scene.le + timedelta(hours=2),
    )
