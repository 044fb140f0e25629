"""L'API, version 1 : le protocole de dépôt par parties numérotées.

Les lectures publiques sont dans `public`.
"""

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Status
from ninja.params.functions import Header

from beffroi.achat.consultations.queries import lisible
from beffroi.achat.tours.queries import invitation_pour, paires_de
from beffroi.faces.api import acheteur, entreprise, problemes, public, recherche, schemas
from beffroi.faces.api.acces import (
    EN_LECTURE,
    Appelant,
    HeureDArrivee,
    Jeton,
    Session,
    appelant,
    decrire_le_recu,
    noter_l_arrivee,
)
from beffroi.faces.api.schemas import DE_CONFLIT, ERREURS
from beffroi.personnes.cles.publiees import cles_de, publication
from beffroi.personnes.comptes.portees import Portee
from beffroi.reponse.depots import acces, limits, queries, recepisse, services
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle
from beffroi.reponse.depots.rules import EnveloppeAnnoncee
from beffroi.reponse.traces.noter import Sujet, noter_les_limites
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import Cible, Partie, stockage
from beffroi.socle.guichet.conditionnel import A_PERSONNE_D_AUTRE
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from beffroi.socle.journal import chainage, releves

DE_LIMITE: Any = {**ERREURS, 413: schemas.Probleme, 507: schemas.Probleme}
A_ANNONCER: Any = {**DE_LIMITE, **DE_CONFLIT}


class SessionALHeure(Session):
    """La session d'un navigateur, l'heure d'arrivée lue d'abord."""

    def __call__(self, request: HttpRequest) -> Appelant | None:
        noter_l_arrivee(request)
        return super().__call__(request)


api = problemes.Interface(
    title="Beffroi : lire les consultations, déposer une réponse scellée",
    version="1",
    description="Lecture publique sans jeton ; dépôt par parties, avec jeton. "
    "Les erreurs suivent la RFC 9457, avec un `detail` en français.",
    docs_url=None,
    urls_namespace="api-1",
    auth=[Jeton(Portee.REPONSES_DEPOSER), Session()],
)
problemes.brancher(api)
api.add_router("", public.routes)
api.add_router("", recherche.routes)
api.add_router("", entreprise.routes)
api.add_router("/acheteur", acheteur.routes)


@api.post(
    "/consultations/{reference}/reponses",
    response={201: schemas.Reponse, **DE_LIMITE},
    tags=["réponse"],
)
def commencer(request: HttpRequest, reference: str, corps: schemas.NouvelleReponse) -> Status[Any]:
    """Commencer une réponse : rend son jeton, les limites, et les clés auxquelles sceller."""
    qui = appelant(request).personne()
    membre = queries.membre_qui_repond(qui, corps.etablissement)
    brouillon = services.commencer_reponse(
        consultation=lisible(reference, qui),
        equipe=membre.equipe,
        lots=corps.lots,
        par=qui,
        maintenant=maintenant(),
    )
    return Status(201, decrire_la_reponse(request, brouillon, appelant(request)))


@api.post(
    "/invitations/{reference}/reponses",
    response={201: schemas.Reponse, **DE_LIMITE},
    tags=["réponse"],
)
def repondre_a_l_invitation(request: HttpRequest, reference: str) -> Status[Any]:
    """Commencer l'offre d'un candidat invité ;
    une invitation qui n'est pas la sienne est introuvable.
    """
    qui = appelant(request).personne()
    invitation = invitation_pour(qui, reference)
    brouillon = services.commencer_reponse(
        consultation=invitation.tour.consultation,
        equipe=invitation.equipe,
        lots=invitation.lots,
        par=qui,
        maintenant=maintenant(),
        invitation=invitation,
    )
    return Status(201, decrire_la_reponse(request, brouillon, appelant(request)))


@api.get(
    "/reponses/{reference}",
    response={200: schemas.ReponseEnDetail, **ERREURS},
    tags=["réponse"],
    auth=EN_LECTURE,
)
def lire_la_reponse(request: HttpRequest, reference: str) -> dict[str, Any]:
    """L'état d'une réponse et de ses fichiers ; sans secret pour un jeton qui n'est pas le sien."""
    qui = appelant(request)
    brouillon = qui.reponse(reference)
    depots = list(brouillon.plis.values_list("reference", flat=True))
    return {
        **decrire_la_reponse(request, brouillon, qui),
        "etat": "deposee" if depots else "en_preparation",
        "depots": depots,
        "fichiers": [
            {
                "fichier": f.reference,
                "enveloppe": f.enveloppe,
                "lot": f.lot,
                "nom": f.nom,
                "taille": f.taille,
                "etat": f.etat,
                "piece": f.piece.reference if f.piece else "",
            }
            for f in brouillon.fichiers.filter(ecarte_le=None).select_related("piece")
        ],
    }


@api.post(
    "/reponses/{reference}/fichiers",
    response={201: schemas.FichierCree, **A_ANNONCER},
    tags=["fichier"],
)
def ouvrir(request: HttpRequest, reference: str, corps: schemas.NouveauFichier) -> Status[Any]:
    """Annoncer un fichier scellé ; une limite dépassée répond ici, avant le premier octet."""
    brouillon = appelant(request).reponse(reference)
    fichier = services.ouvrir_fichier(
        brouillon=brouillon,
        enveloppe=corps.enveloppe,
        lot=corps.lot,
        nom=corps.nom,
        taille=corps.taille,
        piece=corps.piece,
        scellement=corps.scellement,
        maintenant=maintenant(),
    )
    return Status(201, decrire_le_fichier(fichier))


@api.post(
    "/reponses/{reference}/fichiers/paquet",
    response={201: schemas.PaquetCree, **A_ANNONCER},
    tags=["fichier"],
)
def ouvrir_un_paquet(
    request: HttpRequest, reference: str, corps: schemas.PaquetDeFichiers
) -> Status[Any]:
    """Annoncer jusqu'à cent fichiers, tous ou aucun ;
    l'adresse d'une partie unique annoncée vient avec la réponse.
    """
    le = maintenant()
    annonces = [services.Annonce(**fichier.dict(exclude={"partie"})) for fichier in corps.fichiers]
    fichiers = services.annoncer_fichiers(
        brouillon=appelant(request).reponse(reference), annonces=annonces, maintenant=le
    )
    empreintes = [fichier.partie for fichier in corps.fichiers]
    cibles = services.preparer_les_parties_uniques(
        fichiers=fichiers, empreintes=empreintes, maintenant=le
    )
    decrits = [
        {
            **decrire_le_fichier(fichier),
            "cible": decrire_la_cible(request, fichier, 1, sha256, cible),
        }
        for fichier, sha256, cible in zip(fichiers, empreintes, cibles, strict=True)
    ]
    return Status(201, {"fichiers": decrits})


@api.post(
    "/reponses/{reference}/fichiers/fins",
    response={200: schemas.PaquetTermine, **DE_CONFLIT},
    tags=["fichier"],
)
def terminer_un_paquet(
    request: HttpRequest, reference: str, corps: schemas.PaquetDeFins
) -> dict[str, Any]:
    """Faire vérifier jusqu'à cent fichiers, tous ou aucun ;
    le premier qui manque de quelque chose est nommé.
    """
    brouillon = appelant(request).reponse(reference)
    trouves = queries.fichiers_de(brouillon, [fin.fichier for fin in corps.fichiers])
    fins = [services.Fin(trouves[fin.fichier], fin.racine, fin.sha256) for fin in corps.fichiers]
    return {
        "fichiers": [
            en_bref(f) for f in services.terminer_fichiers(fins=fins, maintenant=maintenant())
        ]
    }


@api.get(
    "/fichiers/{fichier}",
    response={200: schemas.EtatDuFichier, **ERREURS},
    tags=["fichier"],
    auth=EN_LECTURE,
)
def lire_le_fichier(request: HttpRequest, fichier: str) -> dict[str, Any]:
    """Ce qui est durable, et rien d'autre : de quoi n'envoyer que ce qui manque."""
    trouve = appelant(request).fichier(fichier)
    parties = queries.parties_durables(trouve)
    return {
        "fichier": trouve.reference,
        "nom": trouve.nom,
        "taille": trouve.taille,
        "nombre_parties": len(limits.tailles_des_parties(trouve.taille)),
        "parties": [{"numero": p.numero, "taille": p.taille, "sha256": p.sha256} for p in parties],
        "etat": "ecarte" if trouve.ecarte_le else trouve.etat,
        "adresse_des_parties": adresse_des_parties(trouve),
    }


@api.post(
    "/fichiers/{fichier}/parties/{numero}",
    response={200: schemas.CibleDePartie, **DE_CONFLIT},
    tags=["fichier"],
)
def preparer(
    request: HttpRequest, fichier: str, numero: int, corps: schemas.PartieAnnoncee
) -> dict[str, Any]:
    """Où envoyer une partie, et avec quels entêtes, à reprendre exactement."""
    trouve = appelant(request).fichier(fichier)
    partie = Partie(numero=numero, taille=corps.taille, sha256=corps.sha256)
    cible = services.preparer_partie(fichier=trouve, partie=partie, maintenant=maintenant())
    return decrire_la_cible(request, trouve, numero, corps.sha256, cible) or {}


@api.post(
    "/fichiers/{fichier}/fin", response={200: schemas.FichierEnBref, **DE_CONFLIT}, tags=["fichier"]
)
def terminer(request: HttpRequest, fichier: str, corps: schemas.FinDeFichier) -> dict[str, Any]:
    """Faire vérifier un fichier entier : parties, racine, forme du sceau."""
    trouve = services.terminer_fichier(
        fichier=appelant(request).fichier(fichier),
        racine=corps.racine,
        sha256=corps.sha256,
        maintenant=maintenant(),
    )
    return en_bref(trouve)


@api.delete("/fichiers/{fichier}", response={204: None, **DE_CONFLIT}, tags=["fichier"])
def supprimer(request: HttpRequest, fichier: str) -> Status[Any]:
    """Retirer un fichier, avant le dépôt seulement."""
    services.supprimer_fichier(fichier=appelant(request).fichier(fichier))
    return Status(204, None)


@api.post(
    "/reponses/{reference}/depot",
    response={201: schemas.Recu, **DE_CONFLIT},
    tags=["dépôt"],
    auth=[HeureDArrivee(Portee.REPONSES_DEPOSER), SessionALHeure()],
)
def deposer(
    request: HttpRequest,
    reference: str,
    corps: schemas.DepotDemande,
    cle: str = Header(..., alias="Idempotency-Key", min_length=1, max_length=80),
) -> Status[Any]:
    """Déposer : l'acte.

    La même clé redonne le même récépissé ; il n'est jamais trop tard pour recevoir.
    """
    qui = appelant(request)
    enveloppes = [
        EnveloppeAnnoncee(**{**e.dict(), "fichiers": tuple(e.fichiers)}) for e in corps.enveloppes
    ]
    pli = services.deposer(
        brouillon=qui.reponse(reference),
        enveloppes=enveloppes,
        cle_d_idempotence=cle,
        version_client=corps.version_client,
        recu_le=request.recu_le,  # type: ignore[attr-defined]
        par=qui.utilisateur,
    )
    return Status(201, decrire_le_recu(pli))


@api.get(
    "/depots/{reference}/recu.zip", response={200: None, **ERREURS}, tags=["dépôt"], auth=EN_LECTURE
)
def telecharger_le_recu(request: HttpRequest, reference: str) -> HttpResponse:
    """Le récépissé, vérifiable sans nous."""
    archive = recepisse.archive_du_recu(appelant(request).pli(reference))
    reponse = rendre_un_fichier(archive, f"{reference}-recu.zip")
    reponse["Cache-Control"] = A_PERSONNE_D_AUTRE
    return reponse


def decrire_la_reponse(
    request: HttpRequest, brouillon: BrouillonDeReponse, qui: Appelant
) -> dict[str, Any]:
    consultation = brouillon.consultation
    if not consultation.technique:  # la sonde en commence une par minute
        noter_les_limites(
            request, Sujet(qui.utilisateur.reference, reponse=brouillon.reference), le=maintenant()
        )
    return {
        "reponse": brouillon.reference,
        # Le jeton d'une réponse permet de la déposer : qui ne peut que lire ne le reçoit pas.
        "jeton": acces.jeton_de_reponse(brouillon, qui.utilisateur)
        if Portee.REPONSES_DEPOSER in qui.portees
        else "",
        "consultation": consultation.reference,
        "lots": brouillon.lots,
        "expire_le": queries.expiration(brouillon),
        "date_limite": brouillon.date_limite,
        "limites": limits.annonce(),
        "journal": chainage.signataire().vkey,
        "releves": releves.publiees(),
        "horodatage": chainage.certificats_d_horodatage(),
        "publiees": cles_de(consultation.reference),
        "enveloppes": enveloppes_a_sceller(brouillon),
    }


def enveloppes_a_sceller(brouillon: BrouillonDeReponse) -> list[dict[str, Any]]:
    return [
        {
            "enveloppe": sorte,
            "destinataire": paire.destinataire,
            "empreinte": paire.empreinte,
            "preuve": publication(paire),
        }
        for sorte, paire in paires_de(brouillon.consultation, brouillon.tour).items()
    ]


def decrire_le_fichier(fichier: FichierScelle) -> dict[str, Any]:
    return {
        "fichier": fichier.reference,
        "nom": fichier.nom,
        "taille_partie": limits.OCTETS_D_UNE_PARTIE,
        "nombre_parties": len(limits.tailles_des_parties(fichier.taille)),
        "expire_le": queries.expiration(fichier.brouillon),
        "adresse_des_parties": adresse_des_parties(fichier),
    }


def adresse_des_parties(fichier: FichierScelle) -> str:
    """Le patron de nos adresses : qui le tient envoie chaque partie en une demande (ADR 0068)."""
    if not stockage().par_nous:
        return ""
    return adresse_de_partie(fichier, 0).replace("/0/", "/{numero}/")


def adresse_de_partie(fichier: FichierScelle, numero: int) -> str:
    return reverse("api-partie", args=[fichier.reference, numero])


def en_bref(fichier: FichierScelle) -> dict[str, Any]:
    cles = ("enveloppe", "lot", "nom", "taille", "etat")
    return {"fichier": fichier.reference, **{cle: getattr(fichier, cle) for cle in cles}}


def decrire_la_cible(
    request: HttpRequest, fichier: FichierScelle, numero: int, sha256: str, cible: Cible | None
) -> dict[str, Any] | None:
    """Où envoyer une partie : l'adresse signée du stockage, ou la nôtre.

    Sans empreinte annoncée, nulle part encore.
    """
    if not sha256:
        return None
    if cible is not None:
        return {"methode": "PUT", "url": cible.url, "entetes": cible.entetes}
    url = adresse_de_partie(fichier, numero)
    return {"methode": "PUT", "url": url, "entetes": entetes_de(request, sha256)}


def entetes_de(request: HttpRequest, sha256: str) -> dict[str, str]:
    """RFC 9530.

    Un logiciel y retrouve aussi le jeton qu'il a donné ; un navigateur en session a son cookie.
    """
    condense = base64.b64encode(bytes.fromhex(sha256)).decode()
    entetes = {
        "Content-Digest": f"sha-256=:{condense}:",
        "Content-Type": "application/octet-stream",
    }
    autorisation = request.headers.get("Authorization")
    return {**entetes, "Authorization": autorisation} if autorisation else entetes
