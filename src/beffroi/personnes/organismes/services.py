"""Créer un organisme, y donner et y retirer des rôles."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import utilisateur_par_courriel, utilisateurs_par_courriels
from beffroi.personnes.comptes.services import (
    Personne,
    creer_utilisateur,
    ecrire_l_invitation,
    inviter,
    ouvrir_en_nombre,
    revoquer_utilisateur,
)
from beffroi.personnes.organismes import queries, rules
from beffroi.personnes.organismes.events import HabilitationRetiree
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.ports import attaches_de
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def creer_organisme(
    *,
    nom: str,
    siret: str,
    role: str = Organisme.Role.ACHETEUR,
    code_commune: str = "",
    adresse: str = "",
    par: Acteur,
    maintenant: datetime,
) -> Organisme:
    """Ouvre un organisme, cloisonné des autres dès sa création."""
    try:
        with transaction.atomic():
            organisme = Organisme.objects.create(
                nom=nom.strip(),
                siret=siret,
                role=role,
                code_commune=code_commune,
                adresse=adresse.strip(),
                cree_le=maintenant,
            )
    except IntegrityError as doublon:
        raise RegleEnfreinte("Un organisme porte déjà ce SIRET, ou le service a déjà un exploitant.") from doublon
    journaliser(
        "organisme.creer",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"nom": organisme.nom, "role": organisme.role},
    )
    return organisme


@dataclass(frozen=True)
class Coordonnees:
    """Ce que les règlements et les avis d'un organisme disent de lui. Vide : la mention manque, et le contrôle le dit."""

    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    courriel: str = ""
    telephone: str = ""
    contact_donnees_personnelles: str = ""
    service_chorus: str = ""


@transaction.atomic
def decrire_l_organisme(
    *, organisme: Organisme, coordonnees: Coordonnees, par: Acteur, maintenant: datetime
) -> Organisme:
    """Change les coordonnées que les prochains règlements et avis citeront ; un achat déjà publié garde les siennes."""
    organisme = verrouiller(organisme)
    saisies = {champ: str(valeur).strip() for champ, valeur in asdict(coordonnees).items()}
    changees = {champ: valeur for champ, valeur in saisies.items() if getattr(organisme, champ) != valeur}
    if not changees:
        return organisme
    for champ, valeur in changees.items():
        setattr(organisme, champ, valeur)
    organisme.save(update_fields=[*changees])
    journaliser(
        "organisme.decrire",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"champs": sorted(changees)},
    )
    return organisme


@transaction.atomic
def regler_la_publication(*, organisme: Organisme, a_deux: bool, par: Acteur, maintenant: datetime) -> Organisme:
    """Dit si la personne qui publie peut être celle qui a rédigé. Vaut tout de suite, brouillons en cours compris."""
    organisme = verrouiller(organisme)
    if organisme.publication_a_deux == a_deux:
        return organisme
    if a_deux:
        exiger(rules.peut_publier_a_deux(publieurs=len(queries.publieurs(organisme, maintenant))))
    organisme.publication_a_deux = a_deux
    organisme.save(update_fields=["publication_a_deux"])
    journaliser(
        "organisme.regler_la_publication",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"a_deux": a_deux},
    )
    return organisme


@transaction.atomic
def suspendre_les_nouvelles_consultations(
    *, organisme: Organisme, motif: str, cause: str = rules.CONVENTION, par: Acteur, maintenant: datetime
) -> Organisme:
    """Plus de consultation nouvelle, pour cette cause. Celles qui courent vont à leur terme, et aucun pli n'est retenu."""
    organisme = verrouiller(organisme)
    causes = {**queries.suspensions_de(organisme), cause: motif}
    return _regler_les_creations(
        organisme, causes, "suspendre_les_consultations", cause=cause, par=par, maintenant=maintenant
    )


@transaction.atomic
def retablir_les_nouvelles_consultations(
    *, organisme: Organisme, cause: str = rules.CONVENTION, par: Acteur, maintenant: datetime
) -> Organisme:
    """Cette cause tombe. L'organisme crée de nouveau des consultations s'il n'en reste pas une autre."""
    organisme = verrouiller(organisme)
    causes = {autre: motif for autre, motif in queries.suspensions_de(organisme).items() if autre != cause}
    acte = "lever_une_suspension" if causes else "retablir_les_consultations"
    return _regler_les_creations(organisme, causes, acte, cause=cause, par=par, maintenant=maintenant)


def _regler_les_creations(
    organisme: Organisme, causes: dict[str, str], acte: str, *, cause: str, par: Acteur, maintenant: datetime
) -> Organisme:
    motif = " ".join(causes.values())
    reglees = {
        "peut_creer_des_consultations": not causes,
        "motif_de_suspension": motif,
        "suspensions": causes,
    }
    if all(getattr(organisme, champ) == valeur for champ, valeur in reglees.items()):
        return organisme
    for champ, valeur in reglees.items():
        setattr(organisme, champ, valeur)
    organisme.save(update_fields=[*reglees])
    journaliser(
        f"organisme.{acte}",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"motif": motif, "cause": cause},
    )
    return organisme


@transaction.atomic
def habiliter(
    *,
    organisme: Organisme,
    utilisateur: Utilisateur,
    roles: Collection[str],
    service: str | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Habilitation:
    """Donne des rôles à une personne. Si elle en tenait d'autres, cette habilitation-là prend fin, datée.

    `service` : l'équipe où elle les tient ; sans lui, elle reste dans la sienne.
    """
    organisme = verrouiller(organisme)
    est_exploitant = organisme.role == Organisme.Role.EXPLOITANT
    exiger(rules.peut_tenir_les_roles(roles=roles, est_exploitant=est_exploitant))
    precedente = Habilitation.objects.filter(organisme=organisme, utilisateur=utilisateur, jusqu_au=None).first()
    choisis = sorted(set(roles))
    if precedente:
        service = precedente.service if service is None else service.strip()
        if sorted(precedente.roles) == choisis:
            return _affecter(precedente, service, par=par, maintenant=maintenant)
        if Habilitation.Role.ADMINISTRATEUR not in choisis:
            _exiger_un_autre_administrateur(precedente)
        _terminer(precedente, maintenant=maintenant)
    habilitation = Habilitation.objects.create(
        organisme=organisme,
        utilisateur=utilisateur,
        roles=choisis,
        service=(service or "").strip(),
        depuis_le=maintenant,
    )
    journaliser(
        "habilitation.accorder",
        sujet=habilitation.reference,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={
            "personne": utilisateur.reference,
            "nom": utilisateur.nom,
            "roles": choisis,
            "roles_precedents": sorted(precedente.roles) if precedente else [],
        },
    )
    return habilitation


def _affecter(habilitation: Habilitation, service: str, *, par: Acteur, maintenant: datetime) -> Habilitation:
    """Range la personne dans une autre équipe : ses rôles, et depuis quand elle les tient, ne changent pas."""
    if habilitation.service == service:
        return habilitation
    habilitation.service = service
    habilitation.save(update_fields=["service"])
    journaliser(
        "habilitation.affecter",
        sujet=habilitation.reference,
        organisme=habilitation.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"personne": habilitation.utilisateur.reference, "service": service},
    )
    return habilitation


@transaction.atomic
def accueillir_agent(
    *,
    organisme: Organisme,
    courriel: str,
    nom: str,
    qualite: str = "",
    roles: Collection[str],
    service: str | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Habilitation:
    """Habilite une personne par son adresse. Sans compte, elle en reçoit un, avec un lien d'invitation.

    Si l'adresse a déjà un compte, son nom et sa qualité restent ceux qu'elle a : un organisme ne les change pas.
    """
    utilisateur = utilisateur_par_courriel(courriel)
    if utilisateur is None:
        utilisateur = creer_utilisateur(courriel=courriel, nom=nom, qualite=qualite, par=par, maintenant=maintenant)
    elif not utilisateur.est_actif:
        raise RegleEnfreinte("Le compte de cette adresse a été fermé. Indiquez une autre adresse.")
    habilitation = habiliter(
        organisme=organisme, utilisateur=utilisateur, roles=roles, service=service, par=par, maintenant=maintenant
    )
    if utilisateur.has_usable_password():
        _annoncer_les_roles(habilitation, par=par, maintenant=maintenant)
    else:
        inviter(utilisateur=utilisateur, au_nom_de=organisme.nom, par=par, maintenant=maintenant)
    return habilitation


@dataclass(frozen=True)
class Accueil:
    """Une personne à accueillir parmi d'autres."""

    courriel: str
    nom: str
    qualite: str
    roles: Collection[str]
    service: str


@transaction.atomic
def accueillir_en_nombre(
    *, organisme: Organisme, accueils: Sequence[Accueil], par: Acteur, maintenant: datetime
) -> list[Habilitation]:
    """Le même acte pour beaucoup de personnes nouvelles ici, sous une écriture : mille ne retiennent pas le registre.

    L'appelant a vérifié qu'aucune n'y tient déjà un rôle.
    """
    organisme = verrouiller(organisme)
    est_exploitant = organisme.role == Organisme.Role.EXPLOITANT
    for accueil in accueils:
        exiger(rules.peut_tenir_les_roles(roles=accueil.roles, est_exploitant=est_exploitant))
    personnes = _comptes_des(accueils, maintenant=maintenant)
    habilitations = Habilitation.objects.bulk_create(
        (
            Habilitation(
                organisme=organisme,
                utilisateur=personnes[accueil.courriel],
                roles=sorted(set(accueil.roles)),
                service=accueil.service,
                depuis_le=maintenant,
            )
            for accueil in accueils
        ),
        batch_size=200,
    )
    accordees = [
        {"habilitation": h.reference, "personne": h.utilisateur.reference, "nom": h.utilisateur.nom, "roles": h.roles}
        for h in habilitations
    ]
    journaliser(
        "habilitation.accorder_en_nombre",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"accordees": accordees},
    )
    for habilitation in habilitations:
        if habilitation.utilisateur.has_usable_password():
            _annoncer_les_roles(habilitation, par=par, maintenant=maintenant)
        else:
            ecrire_l_invitation(habilitation.utilisateur, au_nom_de=organisme.nom, par=par, maintenant=maintenant)
    return habilitations


def _comptes_des(accueils: Sequence[Accueil], *, maintenant: datetime) -> dict[str, Utilisateur]:
    """Le compte de chacun, ouvert s'il n'en avait pas."""
    connus = utilisateurs_par_courriels([accueil.courriel for accueil in accueils])
    if any(not connu.est_actif for connu in connus.values()):
        raise RegleEnfreinte("Le compte d'une de ces adresses a été fermé. Indiquez une autre adresse.")
    inconnus = [Personne(a.courriel, a.nom, a.qualite) for a in accueils if a.courriel not in connus]
    return connus | {neuf.courriel: neuf for neuf in ouvrir_en_nombre(inconnus, maintenant=maintenant)}


def _annoncer_les_roles(habilitation: Habilitation, *, par: Acteur, maintenant: datetime) -> None:
    ecrire_courriel(
        cle=f"habilitation/{habilitation.reference}",
        destinataire=habilitation.utilisateur.courriel,
        sujet=f"{habilitation.organisme} : vos rôles",
        texte=render_to_string(
            "organismes/courriels/roles.txt",
            {
                "habilitation": habilitation,
                "roles": [str(Habilitation.Role(role).label) for role in habilitation.roles],
                "par": par,
                "adresse": settings.ADRESSE_PUBLIQUE,
                "service": settings.SERVICE,
            },
        ),
        maintenant=maintenant,
    )


@transaction.atomic
def ouvrir_organisme(
    *,
    nom: str,
    siret: str,
    adresse: str,
    courriel: str,
    nom_de_l_administrateur: str,
    qualite: str,
    par: Acteur,
    maintenant: datetime,
) -> Organisme:
    """L'exploitant ouvre un organisme et y invite un premier administrateur, qui donnera les autres rôles."""
    organisme = creer_organisme(nom=nom, siret=siret, adresse=adresse, par=par, maintenant=maintenant)
    accueillir_agent(
        organisme=organisme,
        courriel=courriel,
        nom=nom_de_l_administrateur,
        qualite=qualite,
        roles=[Habilitation.Role.ADMINISTRATEUR],
        par=par,
        maintenant=maintenant,
    )
    return organisme


@transaction.atomic
def installer_l_exploitant(
    *, nom: str, siret: str, courriel: str, nom_de_l_administrateur: str, maintenant: datetime
) -> Habilitation:
    """Le premier acte d'une installation : l'exploitant et son administrateur. Rend aussi un administrateur perdu."""
    exploitant = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    if exploitant is None:
        exiger(rules.siret_d_organisme(siret))
        exploitant = creer_organisme(
            nom=nom, siret=siret, role=Organisme.Role.EXPLOITANT, par=PLATEFORME, maintenant=maintenant
        )
    return nommer_un_administrateur(
        organisme=exploitant,
        courriel=courriel,
        nom=nom_de_l_administrateur,
        qualite="",
        par=PLATEFORME,
        maintenant=maintenant,
    )


@transaction.atomic
def nommer_un_administrateur(
    *, organisme: Organisme, courriel: str, nom: str, qualite: str, par: Acteur, maintenant: datetime
) -> Habilitation:
    """L'exploitant rend un administrateur à un organisme qui a perdu son dernier."""
    organisme = verrouiller(organisme)
    exiger(rules.peut_recevoir_un_administrateur(administrateurs=len(queries.administrateurs_actifs(organisme))))
    utilisateur = utilisateur_par_courriel(courriel)
    tenus = queries.roles_en_cours(utilisateur, organisme) if utilisateur else []
    return accueillir_agent(
        organisme=organisme,
        courriel=courriel,
        nom=nom,
        qualite=qualite,
        roles={*tenus, Habilitation.Role.ADMINISTRATEUR},
        par=par,
        maintenant=maintenant,
    )


@transaction.atomic
def retirer_habilitation(*, habilitation: Habilitation, par: Acteur, maintenant: datetime) -> Habilitation:
    """Met fin à une habilitation : la personne n'a plus accès à l'organisme dès sa prochaine requête."""
    verrouiller(habilitation.organisme)
    habilitation = verrouiller(habilitation)
    if habilitation.jusqu_au:
        raise ConflitEtat("Cette habilitation a déjà pris fin. Rechargez la liste des agents.")
    _exiger_un_autre_administrateur(habilitation)
    return _retirer(habilitation, par=par, maintenant=maintenant)


@transaction.atomic
def fermer_le_compte_d_un_agent(
    *, habilitation: Habilitation, raison: str, par: Acteur, maintenant: datetime
) -> Utilisateur:
    """L'administrateur met fin aux rôles et au compte d'une personne qui n'a d'attache que dans son organisme."""
    utilisateur = verrouiller(habilitation.utilisateur)
    attaches = attaches_de(utilisateur, le=maintenant)
    ailleurs = Habilitation.objects.filter(utilisateur=utilisateur, jusqu_au=None).exclude(pk=habilitation.pk)
    exiger(
        rules.administrateur_peut_fermer_le_compte(
            autres_organismes=ailleurs.count(), entreprises=attaches.entreprises, est_gardien=attaches.est_gardien
        )
    )
    retirer_habilitation(habilitation=habilitation, par=par, maintenant=maintenant)
    return revoquer_utilisateur(utilisateur=utilisateur, par=par, maintenant=maintenant, raison=raison)


@transaction.atomic
def fermer_le_compte(*, utilisateur: Utilisateur, raison: str, par: Acteur, maintenant: datetime) -> Utilisateur:
    """L'exploitant ferme un compte et tous ses rôles. Un organisme peut y perdre son dernier administrateur."""
    en_cours = Habilitation.objects.filter(utilisateur=utilisateur, jusqu_au=None)
    for habilitation in en_cours.select_related("organisme").order_by("organisme_id"):
        organisme = verrouiller(habilitation.organisme)
        if organisme.role == Organisme.Role.EXPLOITANT:
            _exiger_un_autre_administrateur(habilitation)
        _retirer(verrouiller(habilitation), par=par, maintenant=maintenant)
    return revoquer_utilisateur(utilisateur=utilisateur, par=par, maintenant=maintenant, raison=raison)


def _retirer(habilitation: Habilitation, *, par: Acteur, maintenant: datetime) -> Habilitation:
    _terminer(habilitation, maintenant=maintenant)
    organisme, personne = habilitation.organisme, habilitation.utilisateur
    journaliser(
        "habilitation.retirer",
        sujet=habilitation.reference,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"personne": personne.reference, "nom": personne.nom},
    )
    evenements.publier(HabilitationRetiree(organisme=organisme, utilisateur=personne, par=par, le=maintenant))
    return habilitation


def _terminer(habilitation: Habilitation, *, maintenant: datetime) -> None:
    habilitation.jusqu_au = maintenant
    habilitation.save(update_fields=["jusqu_au"])


def _exiger_un_autre_administrateur(habilitation: Habilitation) -> None:
    """L'organisme est verrouillé par l'appelant : deux retraits croisés ne peuvent pas le laisser sans administrateur."""
    if Habilitation.Role.ADMINISTRATEUR not in habilitation.roles:
        return
    autres = [autre for autre in queries.administrateurs_actifs(habilitation.organisme) if autre != habilitation]
    exiger(rules.peut_perdre_un_administrateur(autres_administrateurs=len(autres)))
