"""Deux questions de la démonstration : l'une attend sa réponse, l'autre l'a reçue.

Jouées par les services.
"""

import io
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.questions import services
from beffroi.publicite.questions.models import Question
from beffroi.socle.guichet.envois import Fichier
from demo.peuplement import Troupe

ATTEND = (
    "L'article 4 du CCTP demande une ardoise de 32 × 22. "
    "Le croquis du pignon montre du 30 × 20.\n\n"
    "Quel format faut-il chiffrer ?"
)
REPONDUE = (
    "La visite du site est-elle obligatoire, et peut-on s'y rendre en dehors des heures de classe ?"
)


def raconter(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    poser(consultation, troupe, ATTEND, qui="sophie", chez="faitage", le=le - timedelta(days=1))
    posee = poser(
        consultation, troupe, REPONDUE, qui="zoe", chez="zingueurs", le=le - timedelta(days=3)
    )
    par, repondue_le = troupe.personnes["martine"].acteur, le - timedelta(days=2)
    projet = services.Projet(
        question_publique=(
            "La visite du site est-elle obligatoire ? Peut-on venir hors des heures de classe ?"
        ),
        texte=(
            "Elle ne l'est pas. L'école se visite le mercredi après-midi, "
            "sur rendez-vous pris en mairie."
        ),
        suite="non",
        motif_sans_changement="Le règlement le dit déjà, à son article 3.",
    )
    services.preparer_la_reponse(question=posee, projet=projet, par=par, maintenant=repondue_le)
    services.publier_la_reponse(question=posee, relue=False, par=par, maintenant=repondue_le)


def poser(
    consultation: Consultation, troupe: Troupe, texte: str, *, qui: str, chez: str, le: datetime
) -> Question:
    croquis = Fichier("croquis-du-pignon.txt", io.BytesIO(b"Pignon nord : 30 x 20."))
    return services.poser_une_question(
        consultation=consultation,
        equipe=troupe.equipes[chez],
        saisie=services.Saisie(
            texte=texte, cle=f"demonstration-{qui}", fichiers=[croquis] if qui == "sophie" else []
        ),
        par=troupe.personnes[qui],
        maintenant=le,
    )
