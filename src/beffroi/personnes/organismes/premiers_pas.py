"""Les premiers pas d'un organisme : un compte protégé, une deuxième personne."""

from datetime import datetime

from django.urls import reverse

from beffroi.personnes.organismes import queries
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import ACTES, permet
from beffroi.socle.fondations.premiers_pas import PremierPas


def compte_protege(habilitation: Habilitation, *, le: datetime) -> PremierPas:
    """Aucun agent ne va plus loin sans : une fois ici, c'est fait (`middleware`)."""
    return PremierPas(
        nom="compte",
        titre="Protéger votre compte",
        detail="Un second facteur à chaque connexion : votre téléphone ou une clé.",
        fait=getattr(habilitation, "protegee", True),
        url="/compte/2fa/",
        geste="Protéger",
    )


def deuxieme_personne(habilitation: Habilitation, *, le: datetime) -> PremierPas:
    """Seule, une personne absente bloque tout : qui rédige, qui ouvre, qui donne les rôles."""
    organisme = habilitation.organisme
    agents = {
        une.utilisateur_id for une in queries.agents_de(organisme, le) if une.utilisateur.est_actif
    }
    attendues = len(agents) < 2 and queries.attentes_de(organisme).exists()
    return PremierPas(
        nom="deuxieme",
        titre="Inviter une deuxième personne",
        detail=(
            "Il faut être deux pour ne jamais rester bloqué devant des réponses. "
            "Secrétaire, adjoint, conseiller."
        ),
        fait=len(agents) > 1,
        url=reverse("organismes:agents", args=(organisme.siret,)),
        geste="Inviter",
        a_defaut="" if permet(habilitation, "habiliter", ACTES) else "Votre administrateur",
        en_route="Invitation envoyée" if attendues else "",
    )
