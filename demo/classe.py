"""La classe de la consultation école : une commune publie, des entreprises déposent, une en retard.

Les stagiaires ouvrent.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.faces.portail.demonstration import code_de
from beffroi.publicite.questions import services as questions
from beffroi.publicite.retraits import services as retraits
from beffroi.socle.fondations.secrets_durables import secret_durable
from demo import cles, marches, scenario
from demo.personnages import AGENTS
from demo.peuplement import Troupe, peupler, retrouver
from demo.robots import MEMBRES, Robots, fermer_les_portes

STAGIAIRES = ("helene", "bernard", "martine")
TITRE = "Consultation école : réfection de la toiture"
QUESTION = "Faut-il déposer l'ancien paratonnerre, et qui en emporte les restes ?"
REPONSE = questions.Projet(
    question_publique="Qui dépose l'ancien paratonnerre et emporte les restes ?",
    texte="Le titulaire le dépose et le laisse en mairie. La commune s'occupe du reste.",
    suite="non",
    motif_sans_changement="Le règlement n'en dit rien d'autre.",
)
# Qui fait quoi, à chaque étape du récit (`essai.classe.RECIT`).
DEPOSANTS = {
    "premier_depot": ("sophie", "faitage", ""),
    "deuxieme_depot": ("zoe", "zingueurs", ""),
    "remplacement": ("kevin", "faitage", "-v2"),
    "retard": ("emile", "etoile", ""),
}


@dataclass(frozen=True)
class Acces:
    """De quoi entrer comme stagiaire."""

    nom: str
    qualite: str
    identifiant: str
    mot_de_passe: str
    code: str
    phrase_de_cle: str


class Classe(Robots):
    """Ce que l'école attend d'eux (`essai.ports.Classe`)."""

    @transaction.atomic
    def publier_pour_la_classe(self, *, limite: datetime, le: datetime) -> Consultation:
        troupe = self.troupe(le=le)
        marche = marches.replace(marches.TOITURE, titre=TITRE)
        return marches.publier(
            marches.rediger(marche, troupe, le=le, limite=limite), troupe, MEMBRES, le=le
        )

    def troupe(self, *, le: datetime) -> Troupe:
        if Consultation.toutes.exists():
            return retrouver()
        troupe = peupler(le=le)
        cles.creer_les_identites(troupe, le=le)
        cles.designer_les_gardiens(troupe, le=le)
        fermer_les_portes(troupe, sauf=STAGIAIRES)
        for stagiaire in STAGIAIRES:
            troupe.personnes[stagiaire].set_password(mot_de_passe())
            troupe.personnes[stagiaire].save(update_fields=["password"])
        return troupe

    def jouer(self, code: str, consultation: Consultation, *, le: datetime) -> None:
        """Le personnage de cette étape agit par les services,
        comme toute entreprise et toute commune.
        """
        if code in INTERMEDES:
            INTERMEDES[code](consultation, retrouver(), le)
            return
        qui, chez, suffixe = DEPOSANTS[code]
        scenario.deposer_chez(consultation, retrouver(), qui=qui, chez=chez, le=le, suffixe=suffixe)

    def acces(self, *, heure_reelle: datetime) -> list[Acces]:
        return [
            Acces(
                nom=agent.nom,
                qualite=agent.qualite,
                identifiant=agent.courriel,
                mot_de_passe=mot_de_passe(),
                code=code_de(agent.secret_totp, le=heure_reelle),
                phrase_de_cle=agent.phrase_de_cle,
            )
            for agent in AGENTS
            if agent.cle in STAGIAIRES
        ]


def retirer_le_dossier(consultation: Consultation, troupe: Troupe, le: datetime) -> None:
    nomme = retraits.se_nommer(
        consultation=consultation,
        entreprise="Zingueurs de la Lys",
        courriel=troupe.personnes["zoe"].courriel,
        prevenir=True,
        maintenant=le,
    )
    for retirant in (nomme.reference, ""):
        retraits.inscrire_un_retrait(
            consultation=consultation, piece=None, version=0, retirant=retirant, le=le
        )


def demander(consultation: Consultation, troupe: Troupe, le: datetime) -> None:
    saisie = questions.Saisie(texte=QUESTION, cle=f"classe-{consultation.reference}")
    questions.poser_une_question(
        consultation=consultation,
        equipe=troupe.equipes["zingueurs"],
        saisie=saisie,
        par=troupe.personnes["zoe"],
        maintenant=le,
    )


def repondre(consultation: Consultation, troupe: Troupe, le: datetime) -> None:
    """Rien si un stagiaire a déjà répondu, ou écarté la question."""
    par = troupe.personnes["martine"].acteur
    for question in consultation.questions.filter(ecartee_le=None, reponse=None):
        questions.preparer_la_reponse(question=question, projet=REPONSE, par=par, maintenant=le)
        questions.publier_la_reponse(question=question, relue=False, par=par, maintenant=le)


INTERMEDES: dict[str, Callable[[Consultation, Troupe, datetime], None]] = {
    "retrait": retirer_le_dossier,
    "question": demander,
    "reponse": repondre,
}


def mot_de_passe() -> str:
    """Tiré pour cette école : celui de la démonstration est public."""
    return secret_durable(
        settings.DONNEES / "cles" / "classe.txt", lambda: secrets.token_urlsafe(12)
    )
