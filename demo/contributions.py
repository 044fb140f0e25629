"""Les contributions de la démonstration :
cinq autres adhérents sous convention, un appel émis, celui de l'année en aperçu.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import (
    Identite,
    Justificatif,
    creer_adherent,
    declarer_l_effectif,
)
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.services import avoirs, comptes, exceptions, exercice
from beffroi.centre.contributions.services.tarif import Deliberation, adopter_une_grille, choisir
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import cycle
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.tarif.rules.grille import tarif_de_l_annexe
from demo.documents import pdf
from demo.personnages import communes
from demo.peuplement import Troupe
from demo.reprise import PARIS

BOMY = communes()["Bomy"]
# Assez pour qu'un appel soit reçu, échu et relancé.
EMIS_IL_Y_A = timedelta(days=75)


@dataclass(frozen=True)
class Adhesion:
    """Un adhérent inventé : qui il est, où, ses agents (rien :
    jamais déclarés), le volume qu'il estime.
    """

    siren: str
    siret: str
    nom: str
    nature: str
    agents: int | None
    estime: int
    adresse: str = "1 place de la Mairie"


ADHESIONS = (
    Adhesion("999630015", "99963001500017", "Ville de Clairmarest", "commune", 612, 172),
    Adhesion(
        "999630023", "99963002300011", "Communauté de communes du Haut-Ternelois", "epci", 350, 61
    ),
    Adhesion("999630031", "99963003100014", "Syndicat des eaux de la Hézine", "syndicat", None, 12),
    Adhesion("999630049", "99963004900016", "Ville de Sainte-Ombreline", "commune", 430, 96),
    Adhesion(
        "999630056",
        "99963005600011",
        "Communauté d'agglomération de la Plaine d'Authe",
        "epci",
        512,
        40,
    ),
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    annee = (le - timedelta(days=1)).astimezone(PARIS).year
    regler_le_tarif(troupe, le=le - timedelta(days=90))
    for adhesion in ADHESIONS:
        mettre_sous_convention(adhesion, troupe, annee=annee, le=le - timedelta(days=85))
    dernier = appeler(annee - 1, troupe, le=le - EMIS_IL_Y_A)
    for adhesion in ADHESIONS:
        # L'effectif d'une année se constate au 1er janvier :
        # la veille du récit, il a toujours eu lieu.
        declarer(
            Adherent.objects.get(siren=adhesion.siren),
            adhesion,
            troupe,
            annee=annee,
            le=le - timedelta(hours=24),
        )
    corriger(dernier, troupe, le=le - timedelta(hours=26))
    cette_annee = ouvrir_l_appel(annee, troupe, le=le - timedelta(hours=20))
    comptes.contester(
        contribution=cette_annee.contributions.get(siret=BOMY.siret),
        texte=(
            "Deux consultations de l'an passé n'en font qu'une : la seconde a relancé la première."
        ),
        par=troupe.personnes["martine"],
        maintenant=le - timedelta(hours=3),
    )


def regler_le_tarif(troupe: Troupe, *, le: datetime) -> None:
    nadege, deliberee_le = troupe.personnes["nadege"], date(2024, 12, 10)
    adopter_une_grille(
        tarif=tarif_de_l_annexe(),
        deliberation=Deliberation("2024-31", deliberee_le),
        effet=date(2025, 1, 1),
        par=nadege,
        maintenant=le,
    )
    choix = {
        "cle": "relance",
        "valeur": "non_comptee",
        "effet": date(2025, 1, 1),
        "deliberation": "2024-31",
    }
    choisir(**choix, par=nadege, maintenant=le)  # type: ignore[arg-type]


def mettre_sous_convention(
    adhesion: Adhesion, troupe: Troupe, *, annee: int, le: datetime
) -> Adherent:
    """L'adhérent, ses effectifs, et sa convention signée au début de l'année précédente."""
    nadege = troupe.personnes["nadege"]
    identite = Identite(
        siren=adhesion.siren,
        siret=adhesion.siret,
        nom=adhesion.nom,
        nature=adhesion.nature,
        courriel=f"mairie@{adhesion.siren}.example",
        adresse=adhesion.adresse,
        code_postal="62130",
        ville="Hézine",
    )
    adherent = creer_adherent(identite=identite, par=nadege.acteur, maintenant=le)
    declarer(adherent, adhesion, troupe, annee=annee - 1, le=le)
    signer(adherent, adhesion, troupe, signee_le=date(annee - 1, 1, 15), le=le)
    return adherent


def declarer(
    adherent: Adherent, adhesion: Adhesion, troupe: Troupe, *, annee: int, le: datetime
) -> None:
    if adhesion.agents is None:
        return
    declarer_l_effectif(
        adherent=adherent,
        annee=annee,
        agents=adhesion.agents,
        constate_le=date(annee, 1, 1),
        justificatif=Justificatif("etat-du-personnel.pdf", pdf("État du personnel", adhesion.nom)),
        par=troupe.personnes["nadege"],
        maintenant=le,
    )


def signer(
    adherent: Adherent, adhesion: Adhesion, troupe: Troupe, *, signee_le: date, le: datetime
) -> Convention:
    par, piece = troupe.personnes["nadege"].acteur, pdf("Convention", adhesion.nom)
    acte = cycle.Acte(
        designation=adhesion.nom,
        representant="son représentant légal",
        signataire="Le représentant",
        siege="1 place de la Mairie",
        contact_donnees="donnees@adherent.example",
        interlocuteur="Rose Lecointe",
        qualite="secrétaire générale",
        courriel=f"accueil@{adhesion.siren}.example",
        volume_estime=adhesion.estime,
    )
    convention = cycle.ouvrir(
        adherent=adherent, volume_estime=adhesion.estime, par=par, maintenant=le
    )
    convention = cycle.preparer(convention=convention, acte=acte, par=par, maintenant=le)
    convention = cycle.envoyer(convention=convention, par=par, maintenant=le)
    prise_le = signee_le - timedelta(days=10)
    convention = cycle.recevoir_la_deliberation(
        convention=convention,
        deliberation=cycle.Deliberation(
            "DEL-7", prise_le, prise_le, Fichier("deliberation.pdf", piece)
        ),
        date_de_l_acte=signee_le,
        par=par,
        maintenant=le,
    )
    for partie in ("adherent", "centre"):
        fichier = Fichier(f"signee-{partie}.pdf", piece + partie.encode())
        signature = cycle.Signature(partie, signee_le, fichier, "Signée et tamponnée, page 9.")
        convention = cycle.signer(
            convention=convention, signature=signature, par=par, maintenant=le
        )
    return cycle.activer(convention=convention, par=par, maintenant=le)


def ouvrir_l_appel(annee: int, troupe: Troupe, *, le: datetime) -> Exercice:
    """L'appel, jusqu'à son aperçu : il y reste à vérifier."""
    nadege = troupe.personnes["nadege"]
    ouvert = exercice.ouvrir(annee=annee, par=nadege, maintenant=le)
    for acte in (exercice.figer, exercice.simuler):
        ouvert = acte(exercice=ouvert, par=nadege, maintenant=le)
    return ouvert


def appeler(annee: int, troupe: Troupe, *, le: datetime) -> Exercice:
    """L'appel, jusqu'à son émission : vérifié, validé par deux personnes."""
    nadege, remi = troupe.personnes["nadege"], troupe.personnes["remi"]
    ouvert = ouvrir_l_appel(annee, troupe, le=le)
    decisions = {
        contribution.reference: contribution.choix[0].valeur
        for contribution in ouvert.contributions.all()
        if contribution.est_a_verifier
    }
    if decisions:
        exceptions.decider(
            exercice=ouvert,
            decisions=decisions,
            motif="Chaque ligne relue au téléphone avec la mairie concernée.",
            par=nadege,
            maintenant=le,
        )
    ouvert = exercice.preparer(exercice=ouvert, par=nadege, maintenant=le)
    ouvert = exercice.valider(exercice=ouvert, par=remi, maintenant=le)
    return exercice.emettre(exercice=ouvert, par=remi, maintenant=le)


def corriger(emis: Exercice, troupe: Troupe, *, le: datetime) -> Avoir:
    """Une erreur constatée après l'émission : l'avoir s'ajoute."""
    payante = Contribution.objects.filter(exercice=emis, montant__gt=0).order_by("-montant")[0]
    rendu = avoirs.Rendu(Avoir.Motif.ERREUR, Decimal("12.50"), "Une journée appelée deux fois.")
    return avoirs.accorder(
        contribution=payante, rendu=rendu, par=troupe.personnes["remi"], maintenant=le
    )
