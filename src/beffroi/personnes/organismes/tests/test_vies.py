"""Des vies d'agents tirées au hasard : un inconnu ouvre un compte à une adresse, un rôle y est
donné, la personne ouvre son lien, le rôle s'annule ou se retire. Après chaque geste, un rôle n'est
tenu que par qui lit l'adresse à qui on l'a donné, et le jeton d'un autre n'agit pour personne.
"""

import itertools
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from beffroi.personnes.comptes.models import JetonDApi, PersonneAttendue, Utilisateur
from beffroi.personnes.comptes.services import (
    creer_utilisateur,
    delivrer_jeton,
    ouvrir_par_le_lien,
)
from beffroi.personnes.comptes.tests.personnes import LUNDI, MOT_DE_PASSE
from beffroi.personnes.organismes import services
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.socle.fondations.erreurs import ErreurMetier
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.mesures.exemples import vies

pytestmark = pytest.mark.django_db
ADRESSES = ("martine@bomy.example", "helene@bomy.example", "bernard@bomy.example")
ROLES = (Habilitation.Role.REDACTEUR, Habilitation.Role.LECTEUR)
OU = st.sampled_from(ADRESSES)
VIES_COURTES, VIES_LONGUES = 300, 10_000
numeros = itertools.count()


class Vies(RuleBasedStateMachine):
    """Trois adresses, une commune ; qui tient le compte de chacune, et ce qu'on lui a donné."""

    commune: Organisme

    def __init__(self) -> None:
        super().__init__()
        # Un bloc entier, et non un point : ce qui attendait la validation s'oublie avec lui.
        self.vie = ExitStack()
        self.vie.enter_context(transaction.atomic())
        self.le = LUNDI
        self.prouvees: set[str] = set()
        self.tenus: dict[str, set[str]] = {adresse: set() for adresse in ADRESSES}
        self.attendus: dict[str, set[str]] = {}
        self.jetons_d_intrus: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.vie.close()

    def maintenant(self):
        self.le += timedelta(minutes=1)
        return self.le

    def compte(self, adresse: str) -> Utilisateur | None:
        return Utilisateur.objects.filter(courriel=adresse).first()

    @rule(adresse=OU)
    def un_inconnu_ouvre_un_compte(self, adresse):
        if self.compte(adresse) is None:
            creer_utilisateur(courriel=adresse, nom="Ivan Inconnu", maintenant=self.maintenant())

    @rule(adresse=OU)
    def il_s_y_fait_un_jeton(self, adresse):
        compte = self.compte(adresse)
        if compte is None or adresse in self.prouvees:
            return
        jeton, _ = delivrer_jeton(
            utilisateur=compte, libelle=f"J{next(numeros)}", maintenant=self.maintenant()
        )
        self.jetons_d_intrus.add(jeton.pk)

    @rule(adresse=OU, role=st.sampled_from(ROLES))
    def donner(self, adresse, role):
        services.accueillir_agent(
            organisme=self.commune,
            courriel=adresse,
            nom="Martine Caron",
            roles={role},
            par=PLATEFORME,
            maintenant=self.maintenant(),
        )
        donnes = self.tenus if adresse in self.prouvees else self.attendus
        donnes[adresse] = {str(role)}

    @rule(adresse=OU)
    def ouvrir_le_lien(self, adresse):
        attendue = PersonneAttendue.objects.filter(courriel=adresse).first()
        if attendue is None:
            return
        ouvrir_par_le_lien(
            attendue=attendue, mot_de_passe=MOT_DE_PASSE, maintenant=self.maintenant()
        )
        self.prouvees.add(adresse)
        self.tenus[adresse] |= self.attendus.pop(adresse, set())

    @rule(adresse=OU)
    def annuler(self, adresse):
        attente = HabilitationEnAttente.objects.filter(attendue__courriel=adresse).first()
        if attente is None:
            return
        services.annuler_l_attente(attente=attente, par=PLATEFORME, maintenant=self.maintenant())
        self.attendus.pop(adresse)

    @rule(adresse=OU)
    def retirer(self, adresse):
        tenue = Habilitation.objects.filter(utilisateur__courriel=adresse, jusqu_au=None).first()
        if tenue is None:
            return
        services.retirer_habilitation(
            habilitation=tenue, par=PLATEFORME, maintenant=self.maintenant()
        )
        self.tenus[adresse] = set()

    @rule(adresse=OU)
    def habiliter_sans_attendre(self, adresse):
        """L'acte le plus direct refuse aussi un compte qui n'a rien prouvé."""
        compte = self.compte(adresse)
        if compte is None or adresse in self.prouvees:
            return
        with pytest.raises(ErreurMetier, match="n'est pas confirmée"):
            services.habiliter(
                organisme=self.commune,
                utilisateur=compte,
                roles={ROLES[0]},
                par=PLATEFORME,
                maintenant=self.maintenant(),
            )

    @invariant()
    def un_role_est_a_qui_lit_l_adresse(self):
        for adresse in ADRESSES:
            compte = self.compte(adresse)
            tenus = (
                {role for une in habilitations_en_cours(compte, self.le) for role in une.roles}
                if compte
                else set()
            )
            assert tenus == (self.tenus[adresse] if adresse in self.prouvees else set())

    @invariant()
    def le_jeton_d_un_intrus_meurt_avec_lui(self):
        vivants = JetonDApi.objects.filter(pk__in=self.jetons_d_intrus, revoque_le=None)
        assert not vivants.filter(utilisateur__courriel__in=self.prouvees).exists()


def vivre(vies: int, *, au_hasard: bool) -> None:
    commune = services.creer_organisme(
        nom="Commune de Bomy", siret="21620155800014", par=PLATEFORME, maintenant=LUNDI
    )
    run_state_machine_as_test(
        type("Vies", (Vies,), {"commune": commune}),
        settings=settings(
            max_examples=vies,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=not au_hasard,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_trois_cents_vies():
    """Toujours les mêmes : un échec se rejoue."""
    vivre(VIES_COURTES, au_hasard=False)


# Les mêmes gestes, tirés trente fois plus souvent, et autrement à chaque fois.
@pytest.mark.long
def test_dix_mille_vies():
    vivre(vies(VIES_LONGUES), au_hasard=True)
