"""Mille adhérents inventés, toujours les mêmes, écrits droit dans une base à ce banc ;
puis l'appel passe par les services.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from stdnum import luhn

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.adherents import cog
from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.services.essai import charger_un_essai
from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.services import exercice as services
from beffroi.centre.contributions.services.exceptions import decider
from beffroi.centre.contributions.services.tarif import Deliberation, adopter_une_grille, choisir
from beffroi.centre.conventions.models import Convention
from beffroi.centre.tarif.rules.contribution import Demande, calculer
from beffroi.centre.tarif.rules.grille import tarif_de_l_annexe
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import activer_totp, creer_utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

ANNEE = 2027
LE = datetime(ANNEE, 1, 4, 9, tzinfo=UTC)
DEBUT = date(2025, 1, 1)
AVANT = datetime(2025, 1, 1, tzinfo=UTC)
PAR_ECRITURE = 1_000


@dataclass
class Planche:
    exercice: Exercice
    gestionnaire: Utilisateur
    ordonnateur: Utilisateur
    le: datetime = LE


def planter(adherents: int, consultations: int) -> Planche:
    gestionnaire, ordonnateur = _les_deux_personnes()
    organismes = Organisme.objects.bulk_create(
        [_organisme(rang) for rang in range(adherents)], PAR_ECRITURE
    )
    inscrits = Adherent.objects.bulk_create(
        [_adherent(organisme) for organisme in organismes], PAR_ECRITURE
    )
    Effectif.objects.bulk_create(
        [_effectif(un, rang) for rang, un in enumerate(inscrits)], PAR_ECRITURE
    )
    Convention.objects.bulk_create([_convention(un) for un in inscrits], PAR_ECRITURE)
    Consultation.toutes.bulk_create(
        [
            _consultation(organismes[rang % adherents], rang, gestionnaire)
            for rang in range(consultations)
        ],
        PAR_ECRITURE,
    )
    return _ouvrir(gestionnaire, ordonnateur)


def planter_un_departement(dossier: Path, departement: str) -> Planche:
    """Les vraies communes et les vrais EPCI du code officiel géographique ;
    leurs effectifs et leurs volumes, inventés.
    """
    gestionnaire, ordonnateur = _les_deux_personnes()
    trouvees = cog.lire(dossier, departement)
    charger_un_essai(trouvees=trouvees, annee=ANNEE, sujet=f"cog/{departement}", maintenant=LE)
    inscrits = list(Adherent.objects.order_by("pk"))
    organismes = Organisme.objects.bulk_create([_organisme_de(un) for un in inscrits], PAR_ECRITURE)
    for inscrit, organisme in zip(inscrits, organismes, strict=True):
        inscrit.siret, inscrit.organisme = organisme.siret, organisme
        inscrit.courriel = f"mairie@{inscrit.siren}.example"
    Adherent.objects.bulk_update(inscrits, ["siret", "organisme", "courriel"], PAR_ECRITURE)
    Convention.objects.bulk_create([_convention(un) for un in inscrits], PAR_ECRITURE)
    agents = dict(Effectif.objects.values_list("adherent_id", "agents"))
    volumes = [(inscrit.organisme, min(agents[inscrit.pk] // 3, 450)) for inscrit in inscrits]
    de_chacun = (organisme for organisme, volume in volumes for _ in range(1 + volume) if organisme)
    Consultation.toutes.bulk_create(
        [_consultation(organisme, rang, gestionnaire) for rang, organisme in enumerate(de_chacun)],
        PAR_ECRITURE,
    )
    return _ouvrir(gestionnaire, ordonnateur)


def _les_deux_personnes() -> tuple[Utilisateur, Utilisateur]:
    fanny, olivier = (
        creer_utilisateur(
            courriel=f"{nom}@cdg.example", nom=nom.title(), adresse_verifiee=True, maintenant=LE
        )
        for nom in ("fanny", "olivier")
    )
    role = Organisme.Role.EXPLOITANT
    centre = creer_organisme(
        nom="Centre de gestion", siret="99962000800014", role=role, par=PLATEFORME, maintenant=LE
    )
    for qui, sien in ((fanny, "gestionnaire"), (olivier, "ordonnateur")):
        activer_totp(utilisateur=qui, secret="JBSWY3DPEHPK3PXP" * 2, maintenant=LE)
        habiliter(organisme=centre, utilisateur=qui, roles=[sien], par=PLATEFORME, maintenant=AVANT)
    return fanny, olivier


def gestionnaire_seule() -> Utilisateur:
    """Un centre et ses deux personnes, rien d'autre : celle qui tient les conventions."""
    return _les_deux_personnes()[0]


def _ouvrir(gestionnaire: Utilisateur, ordonnateur: Utilisateur) -> Planche:
    adopter_une_grille(
        tarif=tarif_de_l_annexe(),
        deliberation=Deliberation("2024-31", date(2024, 12, 10)),
        effet=DEBUT,
        par=gestionnaire,
        maintenant=LE,
    )
    # Compter à la création :
    # publier vingt mille consultations demanderait vingt mille paires de clés.
    choix = {
        "cle": "fait_generateur",
        "valeur": "creation",
        "effet": DEBUT,
        "deliberation": "2024-31",
    }
    choisir(**choix, par=gestionnaire, maintenant=LE)  # type: ignore[arg-type]
    return Planche(
        services.ouvrir(annee=ANNEE, par=gestionnaire, maintenant=LE), gestionnaire, ordonnateur
    )


def _organisme(rang: int) -> Organisme:
    return Organisme(nom=f"Commune {rang:04d}", siret=f"9{rang:08d}00017", cree_le=LE)


def _organisme_de(adherent: Adherent) -> Organisme:
    debut = f"{adherent.siren}0001"
    return Organisme(nom=adherent.nom, siret=debut + luhn.calc_check_digit(debut), cree_le=LE)


def _adherent(organisme: Organisme) -> Adherent:
    return Adherent(
        siren=organisme.siret[:9],
        siret=organisme.siret,
        nom=organisme.nom,
        nature=Adherent.Nature.COMMUNE,
        courriel=f"mairie@{organisme.siret}.example",
        organisme=organisme,
        cree_le=LE,
    )


def _effectif(adherent: Adherent, rang: int) -> Effectif:
    """Un adhérent sur dix paie."""
    agents = 400 + rang if rang % 10 == 0 else rang % 300
    return Effectif(
        adherent=adherent, annee=ANNEE, agents=agents, constate_le=date(ANNEE, 1, 1), declare_le=LE
    )


def _convention(adherent: Adherent) -> Convention:
    return Convention(
        adherent=adherent,
        etat=Convention.Etat.ACTIVE,
        deliberation_date=DEBUT,
        deliberation_executoire_le=DEBUT,
        prise_d_effet=DEBUT,
        demandee_le=LE,
        activee_le=LE,
    )


def _consultation(organisme: Organisme, rang: int, par: Utilisateur) -> Consultation:
    return Consultation(
        reference=f"B-{rang:08d}",
        organisme=organisme,
        titre=f"Achat {rang}",
        objet="Achat inventé.",
        nature=Consultation.Nature.TRAVAUX,
        redigee_par=par,
        creee_le=LE - timedelta(days=30 + rang % 300),
    )


def calculs_purs(nombre: int) -> Decimal:
    tarif = tarif_de_l_annexe()
    return sum(
        (calculer(Demande(420, rang % 500, ANNEE), tarif=tarif).montant for rang in range(nombre)),
        Decimal(0),
    )


def tout_verifier(planche: Planche) -> None:
    decisions = {
        contribution.reference: "attendre" if contribution.montant is None else "juste"
        for contribution in planche.exercice.contributions.all()
        if contribution.est_a_verifier
    }
    if decisions:
        decider(
            exercice=planche.exercice,
            decisions=decisions,
            motif="Chaque ligne relue au téléphone avec la mairie concernée.",
            par=planche.gestionnaire,
            maintenant=LE,
        )


def courriels_partis() -> int:
    return Courriel.objects.exclude(envoye_le=None).count()


def adherents_inscrits() -> int:
    return Adherent.objects.count()


def documents_gardes() -> int:
    return Contribution.objects.exclude(document={}).count()


def titres_des_appels(exercice: Exercice) -> str:
    """Le fichier de titres que le logiciel financier rendrait : un par appel à payer."""
    appels = (
        exercice.contributions.filter(montant__gt=0).select_related("exercice").order_by("numero")
    )
    lignes = [
        f"{numero_d_appel(un)};{ANNEE};{100 + rang};20/01/{ANNEE};{un.montant}"
        for rang, un in enumerate(appels)
    ]
    return "\n".join(["appel;exercice;titre;date;montant", *lignes])


def paiements_des_titres(exercice: Exercice) -> str:
    """Ses encaissements : chaque titre payé en une fois, sauf un sur dix, à moitié."""
    appels = exercice.contributions.filter(montant__gt=0).order_by("numero")
    parts = [(un.montant or 0) / (2 if rang % 10 == 0 else 1) for rang, un in enumerate(appels)]
    lignes = [
        f"VIR{rang};10/02/{ANNEE};{part:.2f};{100 + rang};{ANNEE}"
        for rang, part in enumerate(parts)
    ]
    return "\n".join(["reference;date;montant;titre;exercice", *lignes])
