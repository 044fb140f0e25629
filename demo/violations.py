"""Les violations de données de la démonstration : une qui court, une close."""

from datetime import datetime, timedelta

from beffroi.garde.violations.services.declaration import Faits, clore, declarer
from beffroi.garde.violations.services.suites import (
    ecarter_la_communication,
    notifier_la_cnil,
    prevenir,
)
from demo.peuplement import Troupe

HEURE = timedelta(hours=1)
MESSAGE = (
    "Les coordonnées de vos agents étaient sur cet ordinateur. "
    "Prévenez-les de se méfier des courriels inattendus, et voyez "
    "avec votre délégué à la protection des données s'il faut notifier."
)


def volee(*, connue_le: datetime) -> Faits:
    return Faits(
        titre="Un ordinateur portable de l'assistance volé",
        connue_le=connue_le,
        commencee_le=connue_le - 14 * HEURE,
        confidentialite=True,
        integrite=False,
        disponibilite=False,
        responsable=True,
        sous_traitant=True,
        nature=(
            "Volé dans une voiture. Le disque est chiffré ; "
            "une liste imprimée était dans la sacoche."
        ),
        personnes="Agents de communes",
        nombre_de_personnes=42,
        donnees="Nom, téléphone professionnel, adresse électronique",
        nombre_d_enregistrements=42,
        consequences="Des courriels trompeurs à ces adresses.",
        mesures="Accès révoqués, plainte déposée. La liste ne s'imprime plus.",
        risque="risque",
        raison_du_risque="Des coordonnées professionnelles, sans mot de passe ni pièce d'identité.",
    )


def egaree(*, connue_le: datetime) -> Faits:
    return Faits(
        titre="Un courriel d'assistance envoyé à la mauvaise personne",
        connue_le=connue_le,
        commencee_le=connue_le - HEURE,
        confidentialite=True,
        integrite=False,
        disponibilite=False,
        responsable=True,
        sous_traitant=False,
        nature=(
            "La réponse à une demande d'aide est partie à une autre adresse, proche de la bonne."
        ),
        personnes="Une personne d'une entreprise",
        nombre_de_personnes=1,
        donnees="Nom, question posée",
        nombre_d_enregistrements=1,
        consequences="La personne qui l'a reçu sait qui a demandé de l'aide.",
        mesures="Elle a supprimé le courriel, et l'a confirmé.",
        risque="risque",
        raison_du_risque="Un nom et une question, lus par une seule personne.",
    )


def raconter(troupe: Troupe, *, le: datetime) -> None:
    fanny, claire = troupe.personnes["fanny"], troupe.personnes["claire"]
    sue = le - timedelta(days=40)
    ancienne = declarer(
        faits=egaree(connue_le=sue), cle="demo-violation-1", par=fanny, maintenant=sue + HEURE
    )
    notifier_la_cnil(
        violation=ancienne,
        faite_le=sue + 20 * HEURE,
        texte="Notification complète, par le téléservice.",
        numero="",
        motif_du_retard="",
        cle="demo-suite-1",
        par=claire,
        maintenant=sue + 21 * HEURE,
    )
    ecarter_la_communication(
        violation=ancienne,
        cas="pas_eleve",
        texte="La personne concernée a été prévenue par téléphone, sans y être tenus.",
        cle="demo-suite-2",
        par=claire,
        maintenant=sue + 22 * HEURE,
    )
    clore(
        violation=ancienne,
        bilan="L'adresse se choisit maintenant dans la demande, elle ne se tape plus.",
        par=claire,
        maintenant=sue + timedelta(days=3),
    )
    courante = declarer(
        faits=volee(connue_le=le - 30 * HEURE),
        cle="demo-violation-2",
        par=fanny,
        maintenant=le - 29 * HEURE,
    )
    prevenir(
        violation=courante,
        organismes=[troupe.organismes["Bomy"]],
        message=MESSAGE,
        par=claire,
        maintenant=le - 28 * HEURE,
    )
