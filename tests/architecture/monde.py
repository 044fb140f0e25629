"""Le monde commun du test de cloisonnement, créé par les services seuls."""

from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import activer_totp, creer_utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.services import inscrire_membre
from beffroi.personnes.entreprises.tests.gestes import reconnu
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.rules import ROLES_DE_L_ACHETEUR, ROLES_DE_L_EXPLOITANT
from beffroi.personnes.organismes.services import creer_organisme, habiliter
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.adresses import Monde, tables
from tests.semis import plante

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Des SIRET de clé juste, au SIREN de démonstration.
SIRETS = {"bomy": "21620155800014", "audincthun": "21620053500013", "gestion": "28620001900011"}
ATELIER, ZINGUEURS = "73282932000074", "40483304800022"


def creer_le_monde(*, maintenant: datetime) -> Monde:
    """Le même monde pour chaque module qui en fait le tour."""
    return plante("monde", lambda: _creer(maintenant=maintenant), le=maintenant)


def _creer(*, maintenant: datetime) -> Monde:
    """Bomy et ses agents, Audincthun et la sienne, l'exploitant, l'Atelier et les Zingueurs."""
    bomy = organisme("Commune de Bomy", "bomy", maintenant=maintenant)
    audincthun = organisme("Commune d'Audincthun", "audincthun", maintenant=maintenant)
    gestion = organisme("Centre de gestion", "gestion", role="exploitant", maintenant=maintenant)
    membre = salarie("Sophie Merlin", ATELIER, maintenant=maintenant)
    kevin = personne("Kévin Masson", f"e{ATELIER}", maintenant=maintenant)
    collegue = reconnu(kevin, membre, le=maintenant)
    monde = Monde(
        maintenant=maintenant,
        bomy=bomy,
        agent=agent("Martine Caron", bomy, ROLES_DE_L_ACHETEUR, maintenant=maintenant),
        agent_sans_role=agent("Yvette Cordier", bomy, {"lecteur"}, maintenant=maintenant),
        audincthun=audincthun,
        agent_etranger=agent(
            "Hélène Duriez", audincthun, ROLES_DE_L_ACHETEUR, maintenant=maintenant
        ),
        gestion=gestion,
        agent_exploitant=agent(
            "Bernard Lefebvre", gestion, ROLES_DE_L_EXPLOITANT, maintenant=maintenant
        ),
        membre=membre,
        collegue=collegue,
        membre_etranger=salarie("Nadia Fauquet", ZINGUEURS, maintenant=maintenant),
    )
    monde.secrets |= {
        monde.agent.courriel,
        membre.utilisateur.courriel,
        collegue.utilisateur.courriel,
    }
    for module in tables():
        getattr(module, "planter", _rien)(monde)
    return monde


def _rien(monde: Monde) -> None:
    """Un contexte peut n'avoir rien à ajouter."""


def organisme(nom: str, cle: str, *, role: str = "acheteur", maintenant: datetime) -> Organisme:
    return creer_organisme(
        nom=nom, siret=SIRETS[cle], role=role, par=PLATEFORME, maintenant=maintenant
    )


def personne(nom: str, domaine: str, *, maintenant: datetime) -> Utilisateur:
    return creer_utilisateur(
        courriel=f"{nom.split(maxsplit=1)[0].lower()}@{domaine}.example",
        nom=nom,
        mot_de_passe="quatre mots bien choisis",
        adresse_verifiee=True,
        maintenant=maintenant,
    )


def agent(
    nom: str, chez: Organisme, roles: set[str] | frozenset[str], *, maintenant: datetime
) -> Utilisateur:
    utilisateur = personne(nom, f"o{chez.siret}", maintenant=maintenant)
    activer_totp(utilisateur=utilisateur, secret=SECRET, maintenant=maintenant)
    habiliter(
        organisme=chez, utilisateur=utilisateur, roles=roles, par=PLATEFORME, maintenant=maintenant
    )
    return utilisateur


def salarie(nom: str, siret: str, *, maintenant: datetime) -> Membre:
    utilisateur = personne(nom, f"e{siret}", maintenant=maintenant)
    return inscrire_membre(
        identifiant=siret,
        nom="Atelier du Faîtage" if siret == ATELIER else "Zingueurs de la Lys",
        utilisateur=utilisateur,
        par=utilisateur.acteur,
        maintenant=maintenant,
    )
