"""Un centre de gestion, des adhérents sous convention, une grille :
de quoi mener un appel, par les services seuls.
"""

from datetime import UTC, date, datetime
from typing import Any

from stdnum import luhn

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import Justificatif, declarer_l_effectif
from beffroi.centre.adherents.tests.gestes import ETAT, adherent
from beffroi.centre.contributions.models import Contribution, Exercice, Grille
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.exceptions import decider
from beffroi.centre.contributions.services.tarif import Deliberation, adopter_une_grille
from beffroi.centre.conventions.models import Convention
from beffroi.centre.tarif.rules.grille import Tarif, tarif_de_l_annexe
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, avec_second_facteur, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

JANVIER = datetime(2027, 1, 4, 9, tzinfo=UTC)
ADOPTEE = Deliberation("2024-31", date(2024, 12, 10))
SIREN_DU_CENTRE = "286200019"


def siret_de(siren: str) -> str:
    debut = f"{siren}0001"
    return debut + luhn.calc_check_digit(debut)


def siren_numero(rang: int) -> str:
    debut = f"2162{rang:04d}"
    return debut + luhn.calc_check_digit(debut)


def centre() -> Organisme:
    return Organisme.objects.filter(role="exploitant").first() or creer_organisme(
        nom="Centre de gestion",
        siret=siret_de(SIREN_DU_CENTRE),
        role=Organisme.Role.EXPLOITANT,
        par=PLATEFORME,
        maintenant=LUNDI,
    )


def agent_du_centre(nom: str, *roles: str) -> Utilisateur:
    """Une personne du centre, qui tient ces rôles."""
    qui = avec_second_facteur(
        personne(nom, courriel=f"{nom.split(maxsplit=1)[0].lower()}@cdg.example")
    )
    habiliter(organisme=centre(), utilisateur=qui, roles=roles, par=PLATEFORME, maintenant=LUNDI)
    return qui


def garder_la_grille(
    par: Utilisateur,
    *,
    effet: date = date(2025, 1, 1),
    tarif: Tarif | None = None,
    acte: Deliberation = ADOPTEE,
) -> Grille:
    return adopter_une_grille(
        tarif=tarif or tarif_de_l_annexe(),
        deliberation=acte,
        effet=effet,
        par=par,
        maintenant=LUNDI,
    )


def sous_convention(
    rang: int,
    *,
    agents: int | None = 420,
    debut: date = date(2025, 1, 1),
    fin: date | None = None,
    fin_pour_impaye: bool = False,
    volume_estime: int | None = None,
    **reste: Any,
) -> Adherent:
    """Un adhérent, son effectif de 2027, et sa convention."""
    siren = siren_numero(rang)
    qui = adherent(siren, reste.pop("nom", f"Commune {rang:04d}"), siret=siret_de(siren), **reste)
    if agents is not None:
        declarer(qui, agents)
    convention_de(
        qui, debut=debut, fin=fin, fin_pour_impaye=fin_pour_impaye, volume_estime=volume_estime
    )
    return qui


def declarer(qui: Adherent, agents: int) -> None:
    """Son effectif au 1er janvier 2027."""
    declarer_l_effectif(
        adherent=qui,
        annee=2027,
        agents=agents,
        constate_le=date(2027, 1, 1),
        justificatif=Justificatif("état du personnel.pdf", ETAT),
        par=Utilisateur.objects.filter(nom="Fanny Delattre").first() or personne("Fanny Delattre"),
        maintenant=JANVIER,
    )


def convention_de(qui: Adherent, *, debut: date = date(2025, 1, 1), **reste: Any) -> Convention:
    """Sa convention en cours, posée sous les services : seules ses dates comptent ici."""
    return Convention.objects.create(
        adherent=qui,
        etat=Convention.Etat.ACTIVE,
        deliberation_date=debut,
        deliberation_executoire_le=debut,
        prise_d_effet=debut,
        demandee_le=LUNDI,
        activee_le=LUNDI,
        **reste,
    )


def mener(
    annee: int, *actes: str, par: Utilisateur, ordonnateur: Utilisateur | None = None
) -> Exercice:
    """L'appel d'une année, mené jusqu'au dernier de ces actes."""
    exercice = Exercice.objects.filter(annee=annee).first() or services.ouvrir(
        annee=annee, par=par, maintenant=JANVIER
    )
    for acte in actes:
        qui = ordonnateur if acte == "valider" and ordonnateur else par
        exercice = getattr(services, acte)(exercice=exercice, par=qui, maintenant=JANVIER)
    return exercice


MOTIF = "Arrêté des effectifs relu avec la mairie au téléphone."


def tout_decider(exercice: Exercice, *, par: Utilisateur, le: datetime = JANVIER) -> None:
    """Chaque exception, par sa première décision, avec un seul motif."""
    decisions = {
        une.reference: une.choix[0].valeur
        for une in exercice.contributions.all()
        if une.est_a_verifier
    }
    if decisions:
        decider(exercice=exercice, decisions=decisions, motif=MOTIF, par=par, maintenant=le)


def ligne(qui: Adherent, annee: int = 2027) -> Contribution:
    return Contribution.objects.select_related("exercice__grille", "adherent").get(
        adherent=qui, exercice__annee=annee
    )


def creer_des_consultations(
    qui: Adherent, nombre: int, *, le: datetime = datetime(2027, 5, 3, 9, tzinfo=UTC)
) -> None:
    """Des brouillons de cet adhérent : ils comptent quand l'exploitant compte à la création."""
    organisme = Organisme.objects.filter(siret=qui.siret).first() or creer_organisme(
        nom=qui.nom, siret=qui.siret, par=PLATEFORME, maintenant=LUNDI
    )
    par = Utilisateur.objects.get(nom="Fanny Delattre")
    deja = Consultation.toutes.count()
    Consultation.toutes.bulk_create(
        Consultation(
            reference=f"B-{deja + rang:08d}",
            organisme=organisme,
            titre="Achat",
            objet="Achat.",
            nature=Consultation.Nature.TRAVAUX,
            redigee_par=par,
            creee_le=le,
        )
        for rang in range(nombre)
    )


def sans_insecables(texte: str) -> str:
    return (
        texte.replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
