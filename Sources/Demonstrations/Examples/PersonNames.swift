/// Names of the invented people: common ones of several countries, combined at random.
enum PersonNames {
  static let female = words(
    """
    Olivia Amelia Grace Emily Sophia Charlotte Hannah Lucy Alice Eleanor Margaret Dorothy Joan Patricia Susan Karen Linda Barbara
    Helen Ruth Martha Clara Ingrid Astrid Freya Greta Liesel Katharina Ursula Renate Monika Sabine Anja Petra Claire Camille Juliette
    Manon Celeste Odette Giulia Chiara Francesca Lucia Carmen Pilar Marisol Ines Beatriz Fernanda Aisha Fatima Leila Yasmin Zainab
    Priya Ananya Kavita Lakshmi Mei Xiu Yuki Hana Sakura Thuy Linh Ngozi Amara Adaeze Wanjiru Zofia Agnieszka Katarzyna Oksana Irina
    Svetlana Elif Ayse Niamh Siobhan
    """)

  static let male = words(
    """
    Oliver George Harry Jack Noah Arthur Thomas William James Henry Walter Albert Frank Stanley Kenneth Brian Keith Gary Kevin
    Stephen Peter Paul Martin Simon Lars Erik Bjorn Anders Magnus Hans Dieter Klaus Juergen Wolfgang Stefan Matthias Jonas Lukas
    Pierre Luc Etienne Mathieu Antoine Marco Luca Matteo Giovanni Carlos Javier Diego Rafael Mateo Joao Omar Hassan Yusuf Ibrahim
    Karim Arjun Rohan Vikram Sanjay Wei Jun Hiroshi Kenji Takumi Minh Duc Chidi Emeka Kwame Kofi Piotr Tomasz Andrzej Dmitri Sergei
    Mehmet Emre Cormac Declan
    """)

  static let family = words(
    """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood
    Jackson Clarke Harris Clark Turner Hill Cooper Ward Morris Moore Baker Harrison King Morgan Allen Scott Mueller Schmidt Schneider
    Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Richter Klein Wolf Neumann Schwarz Zimmermann Braun Krueger Hartmann Lange
    Dubois Laurent Lefevre Moreau Girard Fournier Lambert Rousseau Mercier Garnier Rossi Ferrari Esposito Bianchi Romano Colombo Ricci
    Marino Greco Conti Garcia Fernandez Lopez Martinez Sanchez Perez Gomez Ruiz Hernandez Diaz Moreno Silva Santos Oliveira Pereira
    Costa Almeida Khan Ahmed Hussain Malik Sheikh Rahman Patel Singh Sharma Gupta Mehta Iyer Reddy Chen Wang Zhang Liu Yang Huang
    Tanaka Suzuki Watanabe Yamamoto Nakamura Kobayashi Nguyen Tran Pham Kim Park Choi Okafor Adeyemi Mensah Boateng Mwangi Otieno
    Kowalski Nowak Wisniewski Kaminski Ivanov Petrov Shevchenko Yilmaz Demir Kaya Hansen Johansson Andersson Larsen Nielsen Murphy
    Kelly Byrne Ryan Gallagher Fitzgerald MacDonald Stewart Campbell Fraser Andreou Papadakis Horvat Novak Dvorak Szabo Nagy
    """)

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
