"""Ce qu'un envoi peut poser sur le disque du serveur,
quel que soit l'écran, avant qu'un formulaire l'ait lu.
"""

from beffroi.achat.consultations.rules.documents import OCTETS_MAXIMUM_D_UN_DOCUMENT
from beffroi.socle.guichet.envois import EnvoiBorne


class DocumentBorne(EnvoiBorne):
    """Le plus gros fichier qu'un formulaire accepte est un document du dossier ;
    les réponses, elles, viennent par parties.
    """

    @property
    def limite(self) -> int:
        return OCTETS_MAXIMUM_D_UN_DOCUMENT

    def file_complete(self, file_size: int) -> None:
        """Arrêté juste après la limite, le fichier la dépasse encore :
        chaque règle le voit, et dit la sienne.
        """
        return None
