"""Des vies d'entreprises tirées au hasard : s'inscrire, se reconnaître, s'inviter, déposer,
retirer, contester, réunir, partir. Après chaque geste, nul hors de l'équipe n'a rien changé ni
appris de ses réponses (ADR 0049).

Le modèle tient en trois dictionnaires, et n'emploie aucune requête du produit : qui a reconnu qui,
qui a déposé quoi, et dans quel état.
"""

import itertools
from contextlib import ExitStack, suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.entreprises import services as entreprises
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, InvitationEnAttente, Membre
from beffroi.reponse.depots import acces, queries, services
from beffroi.reponse.depots.models import BrouillonDeReponse, Contestation, FichierScelle, Pli
from beffroi.reponse.depots.rules import EnveloppeAnnoncee
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.fondations.models import Courriel
from tests.mesures.exemples import vies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stockage_a_part")]
NOMS = ("Sophie", "Kévin", "Ivan", "Irma")
# Deux établissements d'une même entreprise, que chacun lit dans un annuaire.
SIRETS = ("73282932000074", "73282932000009")
QUI = st.sampled_from(range(len(NOMS)))
RANG = st.integers(0, 20)
VIES_COURTES, VIES_LONGUES = 300, 10_000
numeros = itertools.count()


class Vies(RuleBasedStateMachine):
    """Quatre personnes, une consultation, et ce que chacune a vraiment le droit de savoir.

    Les personnes et la consultation servent à toutes les vies ; chaque vie défait la sienne.
    """

    consultation: Consultation
    personnes: list[Utilisateur]

    def __init__(self) -> None:
        super().__init__()
        # Un bloc entier, et non un point : ce qui attendait la validation s'oublie avec lui.
        self.vie = ExitStack()
        self.vie.enter_context(transaction.atomic())
        self.le = VEILLE
        self.equipes: dict[str, set[int]] = {}
        self.reunies: dict[str, str] = {}
        self.plis: dict[str, tuple[str, int]] = {}
        self.etats: dict[str, str] = {}
        self.lus: set[int] = set(Courriel.objects.values_list("pk", flat=True))
        self.anciens: dict[str, set[int]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.vie.close()

    # ------------------------------------------------------------ ce que le modèle sait

    def maintenant(self):
        self.le += timedelta(minutes=1)
        return self.le

    def maison(self, equipe: str) -> str:
        """L'équipe où celle-ci s'est réunie, ou elle-même."""
        return self.reunies.get(equipe, equipe)

    def est_de(self, qui: int, equipe: str) -> bool:
        return qui in self.equipes[self.maison(equipe)]

    def entrer(self, qui: int, equipe: str) -> None:
        self.equipes.setdefault(equipe, set()).add(qui)
        self.anciens.setdefault(equipe, set()).add(qui)
        self.oublier_les_vierges()

    def oublier_les_vierges(self) -> None:
        """Une équipe où rien n'est fait se ferme d'elle-même : le modèle n'a rien à y protéger."""
        occupees = {equipe for equipe, _ in self.plis.values()}
        for equipe in self.equipes.keys() - occupees:
            de = Membre.objects.filter(equipe__reference=equipe, jusqu_au=None)
            dedans = set(de.values_list("utilisateur", flat=True))
            self.equipes[equipe] = {
                qui for qui, personne in enumerate(self.personnes) if personne.pk in dedans
            }

    def siens(self, qui: int) -> set[str]:
        return {une for une, (equipe, _) in self.plis.items() if self.est_de(qui, equipe)}

    def membre(self, qui: int, rang: int) -> Membre | None:
        """L'une des appartenances de cette personne, s'il y en a."""
        siennes = list(
            Membre.objects.filter(utilisateur=self.personnes[qui], jusqu_au=None)
            .select_related("equipe", "utilisateur")
            .order_by("pk")
        )
        return siennes[rang % len(siennes)] if siennes else None

    def un_pli(self, rang: int) -> Pli:
        reference = list(self.plis)[rang % len(self.plis)]
        return Pli.objects.select_related("consultation", "equipe", "tour").get(reference=reference)

    def tenter(self, geste, *, permis: bool) -> bool:
        """Fait le geste ; refusé à qui n'y a pas droit, et refusé sans rien laisser."""
        try:
            with transaction.atomic():
                geste()
        except ErreurMetier:
            return False
        assert permis, "un geste interdit a abouti"
        return True

    # ------------------------------------------------------------ les gestes

    @rule(qui=QUI, siret=st.sampled_from(SIRETS))
    def s_inscrire(self, qui, siret):
        membre = entreprises.inscrire_membre(
            identifiant=siret,
            nom="Atelier du Faîtage",
            utilisateur=self.personnes[qui],
            par=self.personnes[qui].acteur,
            maintenant=self.maintenant(),
        )
        self.entrer(qui, membre.equipe.reference)

    @rule(rang=RANG, qui=QUI, appartenance=RANG)
    def reconnaitre(self, rang, qui, appartenance):
        demandes = list(DemandeDeRejoindre.objects.order_by("pk").select_related("equipe"))
        par = self.membre(qui, appartenance)
        if not demandes or par is None:
            return
        demande = demandes[rang % len(demandes)]
        entrant = next(
            i for i, personne in enumerate(self.personnes) if personne.pk == demande.utilisateur_id
        )
        permis = self.est_de(qui, demande.equipe.reference)
        if self.tenter(
            lambda: entreprises.reconnaitre(demande=demande, par=par, maintenant=self.maintenant()),
            permis=permis,
        ):
            self.entrer(entrant, demande.equipe.reference)

    @rule(qui=QUI, appartenance=RANG, invite=QUI, accepte=QUI)
    def inviter(self, qui, appartenance, invite, accepte):
        """Le lien n'ouvre que par la personne invitée : la page le vérifie, le service entre."""
        par = self.membre(qui, appartenance)
        if par is None or invite == qui:
            return
        with suppress(ErreurMetier):
            attente: InvitationEnAttente = entreprises.inviter_un_collegue(
                par=par, courriel=self.personnes[invite].courriel, maintenant=self.maintenant()
            )
            if accepte == invite:
                entreprises.accepter_l_invitation(
                    invitation=attente,
                    utilisateur=self.personnes[invite],
                    maintenant=self.maintenant(),
                )
                self.entrer(invite, par.equipe.reference)

    @rule(qui=QUI, appartenance=RANG)
    def partir(self, qui, appartenance):
        membre = self.membre(qui, appartenance)
        if membre is None:
            return
        entreprises.detacher_membre(
            membre=membre, par=self.personnes[qui].acteur, maintenant=self.maintenant()
        )
        self.equipes[membre.equipe.reference].discard(qui)

    @rule(qui=QUI, une=RANG, autre=RANG)
    def reunir(self, qui, une, autre):
        seule, avec = self.membre(qui, une), self.membre(qui, autre)
        if seule is None or avec is None or seule == avec:
            return
        jadis = self.anciens[seule.equipe.reference]
        if self.tenter(
            lambda: entreprises.reunir(seule=seule, avec=avec, maintenant=self.maintenant()),
            permis=jadis == {qui},
        ):
            ancienne, nouvelle = seule.equipe.reference, avec.equipe.reference
            for equipe, vers in list(self.reunies.items()):
                if vers == ancienne:
                    self.reunies[equipe] = nouvelle
            self.reunies[ancienne] = nouvelle
            self.equipes[ancienne] = set()

    @rule(qui=QUI, equipe=RANG, lots=st.sampled_from(("offre", "candidature")))
    def deposer(self, qui, equipe, lots):
        """Au nom de n'importe quelle équipe, y compris celle d'un autre."""
        if not self.equipes:
            return
        reference = list(self.equipes)[equipe % len(self.equipes)]
        permis = qui in self.equipes[reference]
        avant = set(self.plis)
        if self.tenter(lambda: self._deposer(qui, reference, lots), permis=permis):
            nee = Pli.objects.exclude(reference__in=avant).get()
            self.plis[nee.reference] = (reference, qui)
            self.remplacer(nee, qui)

    def _deposer(self, qui: int, equipe: str, sorte: str) -> None:
        membre = Membre.objects.filter(equipe__reference=equipe).select_related("equipe").first()
        assert membre is not None
        brouillon = services.commencer_reponse(
            consultation=self.consultation,
            equipe=membre.equipe,
            lots=(),
            par=self.personnes[qui],
            maintenant=self.maintenant(),
        )
        fichiers = [self.recu(brouillon, sorte, nom) for nom in ("piece.pdf", "manifeste.age")]
        services.deposer(
            brouillon=brouillon,
            enveloppes=[
                EnveloppeAnnoncee(
                    enveloppe=sorte,
                    lot=None,
                    fichiers=(fichiers[0].reference,),
                    manifeste=fichiers[1].reference,
                    engagement="ab" * 32,
                    empreinte="cd" * 16,
                )
            ],
            cle_d_idempotence=f"vie-{next(numeros)}",
            version_client="vies/1",
            recu_le=self.maintenant(),
            par=self.personnes[qui],
        )

    def recu(self, brouillon: BrouillonDeReponse, sorte: str, nom: str) -> FichierScelle:
        """Un fichier déjà reçu : ce qu'il contient n'importe pas ici."""
        return FichierScelle.objects.create(
            brouillon=brouillon,
            enveloppe=sorte,
            nom=nom,
            taille=1700,
            taille_claire=50,
            etat=FichierScelle.Etat.TERMINE,
            cle_de_stockage=f"vies/{next(numeros)}",
            racine="ef" * 32,
            commence_le=self.le,
            termine_le=self.le,
        )

    def remplacer(self, nee: Pli, qui: int) -> None:
        """La dernière offre de qui pouvait agir sur l'ancienne, et d'elle seule."""
        place = set(nee.enveloppes.values_list("sorte", flat=True))
        for reference, (equipe, _) in self.plis.items():
            ancien = Pli.objects.get(reference=reference)
            meme = place == set(ancien.enveloppes.values_list("sorte", flat=True))
            if (
                reference != nee.reference
                and self.etats[reference] == "depose"
                and meme
                and self.est_de(qui, equipe)
                and not self.conteste(reference)
            ):
                self.etats[reference] = "remplace"
        self.etats[nee.reference] = "depose"

    def conteste(self, reference: str) -> bool:
        return Contestation.objects.filter(pli__reference=reference, levee_le=None).exists()

    @precondition(lambda self: self.plis)
    @rule(qui=QUI, rang=RANG)
    def retirer(self, qui, rang):
        pli = self.un_pli(rang)
        equipe, _ = self.plis[pli.reference]
        permis = (
            self.est_de(qui, equipe)
            and self.etats[pli.reference] == "depose"
            and not self.conteste(pli.reference)
        )
        if self.tenter(
            lambda: services.retirer_pli(
                pli=pli, par=self.personnes[qui], maintenant=self.maintenant()
            ),
            permis=permis,
        ):
            self.etats[pli.reference] = "retire"

    @precondition(lambda self: self.plis)
    @rule(qui=QUI, rang=RANG)
    def contester(self, qui, rang):
        pli = self.un_pli(rang)
        equipe, depositaire = self.plis[pli.reference]
        if self.tenter(
            lambda: services.contester(
                pli=pli, par=self.personnes[qui], maintenant=self.maintenant()
            ),
            permis=self.est_de(qui, equipe) or qui == depositaire,
        ):
            self.etats[pli.reference] = "depose"

    # ------------------------------------------------------------ ce qui tient toujours

    @precondition(lambda self: self.plis)
    @rule(qui=QUI)
    def regarder(self, qui):
        """Ses récépissés, et ce que la page de vérification dit que son dépôt remplacerait."""
        personne = self.personnes[qui]
        deposes = {reference for reference, (_, par) in self.plis.items() if par == qui}
        assert references(acces.plis_lisibles(personne)) == self.siens(qui) | deposes
        for brouillon in acces.reponses_de(personne):
            annonces = queries.plis_que_ce_depot_remplacera(brouillon, personne, le=self.le)
            assert {pli.reference for pli in annonces} <= self.siens(qui)

    @precondition(lambda self: self.plis)
    @rule()
    def ouvrir(self):
        """À l'ouverture, chaque réponse que nul des siens n'a remplacée ni retirée est proposée."""
        proposes = {pli.reference for pli in queries.plis_proposes(self.consultation)}
        assert proposes == {une for une, etat in self.etats.items() if etat == "depose"}

    @invariant()
    def chacun_ne_voit_que_les_siens(self):
        for qui, personne in enumerate(self.personnes if self.plis else ()):
            assert references(acces.plis_de(personne)) == self.siens(qui)

    @invariant()
    def nul_autre_ne_change_un_pli(self):
        assert dict(Pli.objects.values_list("reference", "etat")) == self.etats

    @invariant()
    def aucun_courriel_ne_dit_un_pli_hors_de_l_equipe(self):
        adresses = {personne.courriel: qui for qui, personne in enumerate(self.personnes)}
        for courriel in Courriel.objects.exclude(pk__in=self.lus):
            self.lus.add(courriel.pk)
            for reference, (equipe, par) in self.plis.items():
                if reference in courriel.sujet + courriel.texte:
                    lecteur = adresses[courriel.destinataire]
                    assert lecteur == par or self.est_de(lecteur, equipe)


def arriver(nom: str) -> Utilisateur:
    return creer_utilisateur(
        courriel=f"{nom.lower()}{next(numeros)}@vies.example",
        nom=nom,
        adresse_verifiee=True,
        maintenant=VEILLE,
    )


def vivre(reglages: settings) -> None:
    scene = {"consultation": factories.consultation(), "personnes": list(map(arriver, NOMS))}
    run_state_machine_as_test(type("Vies", (Vies,), scene), settings=reglages)


def references(plis) -> set[str]:
    return set(plis.values_list("reference", flat=True))


def reglages(vies: int, *, au_hasard: bool) -> settings:
    return settings(
        max_examples=vies,
        stateful_step_count=12,
        deadline=None,
        database=None,
        derandomize=not au_hasard,
        suppress_health_check=list(HealthCheck),
    )


def test_trois_cents_vies():
    """Toujours les mêmes : un échec se rejoue."""
    vivre(reglages(VIES_COURTES, au_hasard=False))


# Les mêmes gestes, tirés trente fois plus souvent, et autrement à chaque fois.
@pytest.mark.long
def test_dix_mille_vies():
    vivre(reglages(vies(VIES_LONGUES), au_hasard=True))
