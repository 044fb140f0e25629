"""Mener une convention jusqu'où un essai en a besoin, par les services."""

from datetime import date, datetime, timedelta

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.tests import gestes as adherents
from beffroi.centre.conventions.models import Convention, Denonciation
from beffroi.centre.conventions.services import cycle, fin, fin_a_deux
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests.exemples import CENTRE, COMPTABLE, TRIBUNAL, VISAS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

SIRET_DE_BOMY, SIRET_DU_CENTRE = "21620155800014", "28620001900011"
PDF = b"%PDF-1.7 un document"
AUJOURD_HUI = LUNDI.date()
DELIBERE, EXECUTOIRE = date(2026, 10, 1), date(2026, 10, 5)
GRILLE = """Tranche 1 | Moins de 50 | Gratuit | 250 €
Tranche 2 | De 50 à 150 | Gratuit | 500 €"""
ACTE = cycle.Acte(
    designation="La Commune de Bomy",
    representant="son maire, Bernard Lefebvre",
    signataire="Le Maire",
    siege="la mairie est située 1 place de la Mairie 62960 Bomy",
    contact_donnees="mairie@bomy.example",
    interlocuteur="Martine Caron",
    qualite="secrétaire de mairie",
    courriel="martine@bomy.example",
    volume_estime=4,
)


def le_centre(*, maintenant: datetime = LUNDI) -> Organisme:
    """L'exploitant, et tout ce qu'il doit avoir décidé pour écrire une convention."""
    centre = creer_organisme(
        nom="Centre de gestion",
        siret=SIRET_DU_CENTRE,
        role="exploitant",
        par=PLATEFORME,
        maintenant=maintenant,
    )
    benoit = personne("Benoît Roussel")
    habiliter(
        organisme=centre,
        utilisateur=benoit,
        roles={"gestionnaire"},
        par=PLATEFORME,
        maintenant=maintenant,
    )
    decider_de_tout(benoit, maintenant=maintenant)
    return centre


def decider_de_tout(par: Utilisateur, *, maintenant: datetime = LUNDI) -> None:
    valeurs = {
        **CENTRE,
        "visas": "\n".join(VISAS),
        "comptable": "\n".join(COMPTABLE),
        "tribunal": "\n".join(TRIBUNAL),
    }
    for nom, valeur in {**valeurs, "grille": GRILLE}.items():
        decider(
            nom=nom,
            valeur=valeur,
            effet_le=date(2024, 12, 10),
            deliberation="10 décembre 2024",
            par=par,
            maintenant=maintenant,
        )


def bomy() -> Adherent:
    return adherents.adherent(siren=SIRET_DE_BOMY[:9], siret=SIRET_DE_BOMY)


def demande(adherent: Adherent | None = None, *, maintenant: datetime = LUNDI) -> Convention:
    return cycle.ouvrir(adherent=adherent or bomy(), par=PLATEFORME, maintenant=maintenant)


def projet(
    convention: Convention | None = None, *, acte: cycle.Acte = ACTE, maintenant: datetime = LUNDI
) -> Convention:
    return cycle.preparer(
        convention=convention or demande(), acte=acte, par=PLATEFORME, maintenant=maintenant
    )


def envoyee(convention: Convention | None = None, *, maintenant: datetime = LUNDI) -> Convention:
    return cycle.envoyer(convention=convention or projet(), par=PLATEFORME, maintenant=maintenant)


def deliberee(
    convention: Convention | None = None,
    *,
    prise_le: date = DELIBERE,
    executoire_le: date = EXECUTOIRE,
    maintenant: datetime = LUNDI,
) -> Convention:
    return cycle.recevoir_la_deliberation(
        convention=convention or envoyee(),
        deliberation=cycle.Deliberation(
            "2026-31", prise_le, executoire_le, Fichier("deliberation.pdf", PDF)
        ),
        date_de_l_acte=executoire_le,
        par=PLATEFORME,
        maintenant=maintenant,
    )


VU = "La signature et le cachet, à la dernière page."


def une_signature(
    convention: Convention, partie: str, le: date, *, maintenant: datetime = LUNDI
) -> Convention:
    fichier = Fichier(f"signee-{partie}.pdf", PDF + partie.encode())
    signature = cycle.Signature(partie, le, fichier, VU)
    return cycle.signer(
        convention=convention, signature=signature, par=PLATEFORME, maintenant=maintenant
    )


def signee(
    convention: Convention | None = None,
    *,
    adherent_le: date = date(2026, 10, 7),
    centre_le: date = date(2026, 10, 12),
    maintenant: datetime = LUNDI,
) -> Convention:
    convention = une_signature(
        convention or deliberee(), "adherent", adherent_le, maintenant=maintenant
    )
    return une_signature(convention, "centre", centre_le, maintenant=maintenant)


def active(convention: Convention | None = None, *, maintenant: datetime = LUNDI) -> Convention:
    return cycle.activer(convention=convention or signee(), par=PLATEFORME, maintenant=maintenant)


def lettre(par: str = "adherent", *, recue_le: date = AUJOURD_HUI, **reste: object) -> fin.Lettre:
    return fin.Lettre(
        **{"par": par, "recue_le": recue_le, "preuve": Fichier("avis.pdf", PDF), **reste}
    )


def denoncee(
    convention: Convention | None = None,
    par: str = "adherent",
    *,
    maintenant: datetime = LUNDI,
    **reste: object,
) -> Denonciation:
    """Par la lettre de l'adhérent, notée ; par celle du centre, proposée puis décidée à deux."""
    quoi = {"convention": convention or active(), "maintenant": maintenant}
    recue = lettre(par, **{"recue_le": maintenant.date(), **reste})
    if par != "centre":
        return fin.denoncer(**quoi, lettre=recue, par=PLATEFORME)
    propose, decide = deux_personnes()
    fin_a_deux.proposer_de_resilier(**quoi, lettre=recue, par=propose)
    return fin_a_deux.resilier(**quoi, par=decide)


def effacee(
    convention: Convention, le: date, *, fichier: Fichier | None = None, maintenant: datetime
) -> Denonciation:
    """Le certificat d'effacement, proposé par l'un, délivré par l'autre."""
    propose, decide = deux_personnes()
    quoi = {"convention": convention, "maintenant": maintenant}
    fin_a_deux.proposer_d_effacer(**quoi, le=le, fichier=fichier, par=propose)
    return fin_a_deux.effacer(**quoi, par=decide)


def deux_personnes() -> tuple[Utilisateur, Utilisateur]:
    """Au centre : celle qui propose, celui qui décide."""
    return _quelqu_un("Fanny Delattre"), _quelqu_un("Olivier Prud'homme")


def _quelqu_un(nom: str) -> Utilisateur:
    return Utilisateur.objects.filter(nom=nom).first() or personne(nom)


def lendemain(jour: date) -> datetime:
    """Midi, le lendemain de ce jour."""
    return datetime(jour.year, jour.month, jour.day, 12, tzinfo=LUNDI.tzinfo) + timedelta(days=1)
