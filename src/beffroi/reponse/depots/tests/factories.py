"""Des données de départ pour les tests du dépôt ; tout le reste se joue par les services."""

import hashlib
import io
import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe, Membre
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots import services
from beffroi.reponse.depots.models import BrouillonDeReponse, FichierScelle, Pli
from beffroi.reponse.depots.rules import EnveloppeAnnoncee
from beffroi.socle.fondations.stockage import Partie
from sceau import Identity, profile, seal

LIMITE = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
VEILLE = LIMITE - timedelta(days=1)
numeros = itertools.count(1)


@dataclass
class Scelle:
    """Un fichier scellé en mémoire, et ses empreintes."""

    octets: bytes
    parties: list[bytes]

    @property
    def racine(self) -> str:
        return profile.root(hashlib.sha256(partie).digest() for partie in self.parties).hex()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.octets).hexdigest()

    def partie(self, numero: int) -> Partie:
        octets = self.parties[numero - 1]
        return Partie(numero=numero, taille=len(octets), sha256=hashlib.sha256(octets).hexdigest())


@cache
def identite(sorte: str) -> Identity:
    return Identity.from_seed(hashlib.sha256(sorte.encode()).digest())


def sceller(clair: bytes, sorte: str = "offre") -> Scelle:
    cible = io.BytesIO()
    seal(io.BytesIO(clair), cible, to=identite(sorte).recipient)
    return decouper(cible.getvalue())


def decouper(octets: bytes) -> Scelle:
    tailles = profile.part_sizes(len(octets))
    bornes = [0, *itertools.accumulate(tailles)]
    return Scelle(octets, [octets[a:b] for a, b in itertools.pairwise(bornes)])


def utilisateur(nom: str = "Sophie Merlin") -> Utilisateur:
    courriel = f"{nom.split(maxsplit=1)[0].lower()}{next(numeros)}@exemple.test"
    return Utilisateur.objects.create(
        courriel=courriel, nom=nom, cree_le=VEILLE - timedelta(days=30)
    )


def consultation(
    *,
    lots: int = 0,
    nature: str = "travaux",
    limite: datetime = LIMITE,
    organisme_: Organisme | None = None,
    **champs: Any,
) -> Consultation:
    numero = next(numeros)
    organisme = organisme_ or Organisme.objects.create(
        nom="Commune de Bomy", siret=f"9990000{numero:07d}", cree_le=VEILLE - timedelta(days=60)
    )
    paires = [paire(organisme, sorte, numero) for sorte in ("candidature", "offre")]
    resultat = Consultation.toutes.create(
        reference=f"2025-{numero:04d}",
        organisme=organisme,
        titre="Toiture de l'école",
        objet="Réfection de la toiture de l'école.",
        nature=nature,
        etat=champs.pop("etat", Consultation.Etat.PUBLIEE),
        date_limite_remise=limite,
        redigee_par=utilisateur("Martine Caron"),
        cle_candidature=paires[0],
        cle_offre=paires[1],
        creee_le=VEILLE - timedelta(days=20),
        publiee_le=VEILLE - timedelta(days=15),
        **champs,
    )
    for rang in range(1, lots + 1):
        Lot.objects.create(consultation=resultat, numero=rang, intitule=f"Lot n° {rang}")
    return resultat


def paire(organisme: Organisme, sorte: str, numero: int) -> PaireDeCles:
    return PaireDeCles.objects.create(
        organisme=organisme,
        destinataire=identite(sorte).recipient.encode(),
        empreinte=hashlib.sha256(f"{sorte}{numero}".encode()).hexdigest()[:32],
        politique="standard",
        seuil=1,
        enregistrement="{}",
        signature="00" * 64,
        creee_le=VEILLE - timedelta(days=16),
    )


def membre(nom: str = "Sophie Merlin", chez: Equipe | None = None) -> Membre:
    """Qui fonde cette équipe, ou que sa fondatrice a reconnu."""
    chez = chez or equipe()
    fondatrice = chez.membres.filter(reconnu_par=None).first()
    return Membre.objects.create(
        equipe=chez,
        utilisateur=utilisateur(nom),
        reconnu_par=fondatrice.utilisateur if fondatrice else None,
        depuis_le=VEILLE - timedelta(days=10),
    )


def equipe(
    nom: str = "Atelier du Faîtage",
    *,
    meme_que: Equipe | None = None,
    meme_siren_que: Equipe | None = None,
) -> Equipe:
    """Une équipe ; `meme_que` : elle dit le même établissement, `meme_siren_que` : un autre."""
    numero = next(numeros)
    proche = meme_que or meme_siren_que
    siren = proche.numero_d_entreprise if proche else f"999{numero:06d}"
    return Equipe.objects.create(
        identifiant=meme_que.identifiant if meme_que else f"{siren}{numero:05d}",
        numero_d_entreprise=siren,
        nom=proche.nom if proche else nom,
        fondee_le=VEILLE - timedelta(days=10),
    )


class Candidat:
    """Une entreprise qui répond : elle envoie, elle dépose, à l'heure qu'on lui dit."""

    def __init__(self, consultation: Consultation, membre_: Membre | None = None) -> None:
        self.consultation = consultation
        self.membre = membre_ or membre()
        self.personne = self.membre.utilisateur

    def commence(self, *lots: int, le: datetime = VEILLE) -> BrouillonDeReponse:
        return services.commencer_reponse(
            consultation=self.consultation,
            equipe=self.membre.equipe,
            lots=lots,
            par=self.personne,
            maintenant=le,
        )

    def envoie(
        self,
        brouillon: BrouillonDeReponse,
        sorte: str,
        lot: int | None,
        nom: str,
        clair: bytes,
        le: datetime = VEILLE,
    ) -> FichierScelle:
        scelle = sceller(clair, sorte)
        fichier = services.ouvrir_fichier(
            brouillon=brouillon,
            enveloppe=sorte,
            lot=lot,
            nom=nom,
            taille=len(scelle.octets),
            maintenant=le,
        )
        for numero, octets in enumerate(scelle.parties, start=1):
            services.recevoir_partie(
                fichier=fichier,
                partie=scelle.partie(numero),
                flux=io.BytesIO(octets),
                horloge=lambda: le,
            )
        return services.terminer_fichier(
            fichier=fichier, racine=scelle.racine, sha256=scelle.sha256, maintenant=le
        )

    def enveloppe(
        self,
        brouillon: BrouillonDeReponse,
        sorte: str,
        lot: int | None = None,
        le: datetime = VEILLE,
    ) -> EnveloppeAnnoncee:
        fichier = self.envoie(brouillon, sorte, lot, f"{sorte}.pdf", b"contenu", le)
        manifeste = self.envoie(brouillon, sorte, lot, "manifeste.age", b"{}", le)
        return EnveloppeAnnoncee(
            enveloppe=sorte,
            lot=lot,
            fichiers=(fichier.reference,),
            manifeste=manifeste.reference,
            engagement="ab" * 32,
            empreinte="cd" * 16,
        )

    def depose(
        self,
        *places: tuple[str, int | None],
        le: datetime = VEILLE,
        cle: str = "",
        brouillon: BrouillonDeReponse | None = None,
    ) -> Pli:
        """Envoie une heure avant, puis dépose à l'heure dite."""
        avant = le - timedelta(hours=1)
        brouillon = brouillon or self.commence(*(lot for _, lot in places if lot), le=avant)
        enveloppes = [self.enveloppe(brouillon, sorte, lot, avant) for sorte, lot in places]
        return self.depose_ces_enveloppes(brouillon, enveloppes, le=le, cle=cle)

    def depose_ces_enveloppes(
        self,
        brouillon: BrouillonDeReponse,
        enveloppes: list[EnveloppeAnnoncee],
        *,
        le: datetime = VEILLE,
        cle: str = "",
    ) -> Pli:
        return services.deposer(
            brouillon=brouillon,
            enveloppes=enveloppes,
            cle_d_idempotence=cle or f"cle-{next(numeros)}",
            version_client="essai/1",
            recu_le=le,
            par=self.personne,
        )
