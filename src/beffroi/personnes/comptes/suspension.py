"""Les fichiers d'un acte suspendu le temps d'une preuve : mot de passe, code ou clé redemandés.

allauth garde dans la séance ce qui était tapé, et le reprend ; un fichier n'y tient pas. Il se
garde ici, chiffré, pour cette séance et pour cette adresse, et revient avec l'acte.
"""

from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from beffroi.personnes.comptes import services
from beffroi.personnes.comptes.models import FichierSuspendu
from beffroi.socle.fondations.chiffrement import chiffre
from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE, PIECES_PAR_ENVOI

USAGE = "beffroi.fichiers-suspendus/1"
GARDE = timedelta(minutes=15)
# Trois pièces : aucune page qui redemande une preuve n'en attend plus.
OCTETS_GARDES = OCTETS_PAR_PIECE * PIECES_PAR_ENVOI
# Ce que la page de preuve en dit.
ATTENTE = "fichiers_suspendus"

type Fichier = "UploadedFile[bytes]"


def suspendre(request: HttpRequest, *, le: datetime) -> None:
    """Garde les fichiers de cet envoi. Un envoi plus récent de la même séance prend sa place."""
    tous = [(champ, un) for champ, liste in request.FILES.lists() for un in liste]
    gardes = sum(un.size or 0 for _, un in tous) <= OCTETS_GARDES
    lignes = [_ligne(request, champ, un, le) for champ, un in tous] if gardes else []
    services.suspendre_les_fichiers(seance=_seance(request), lignes=lignes)
    request.session.pop(ATTENTE, None)
    if tous:
        noms = [un.name or "" for _, un in tous]
        request.session[ATTENTE] = {"adresse": request.path, "noms": noms, "gardes": gardes}


def reprendre(request: HttpRequest, *, le: datetime) -> None:
    """Rend à l'acte repris les fichiers qu'il portait. À tout autre envoi, rien."""
    if not est_repris(request):
        return
    request.session.pop(ATTENTE, None)
    fichiers: MultiValueDict[str, Fichier] = MultiValueDict()
    for un in services.reprendre_les_fichiers(
        seance=_seance(request), adresse=request.path, depuis=le - GARDE
    ):
        fichiers.appendlist(un.champ, _rendu(un))
    # allauth rend l'acte dans la requête qui portait la preuve : elle n'avait aucun fichier.
    request._files = fichiers  # type: ignore[attr-defined]


def est_repris(request: HttpRequest) -> bool:
    """L'acte est rejoué par la page de preuve, et non envoyé à son adresse."""
    trouvee = request.resolver_match
    nom = trouvee.view_name if trouvee else ""
    return nom.endswith(
        ("account_reauthenticate", "mfa_reauthenticate", "_reauthenticate_webauthn")
    )


def _seance(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _ligne(request: HttpRequest, champ: str, fichier: Fichier, le: datetime) -> FichierSuspendu:
    fichier.seek(0)
    return FichierSuspendu(
        connexion_id=_seance(request),
        adresse=request.path,
        champ=champ,
        nom=fichier.name or "",
        sorte=fichier.content_type or "",
        taille=fichier.size or 0,
        octets=chiffre(USAGE).encrypt(fichier.read()),
        suspendu_le=le,
    )


def _rendu(garde: FichierSuspendu) -> Fichier:
    """Trop gros, il n'avait déjà plus d'octets : sa taille, elle, revient, et se refuse."""
    octets = chiffre(USAGE).decrypt(bytes(garde.octets))
    return UploadedFile(BytesIO(octets), garde.nom, garde.sorte, garde.taille)
