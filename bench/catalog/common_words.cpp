// SPDX-License-Identifier: Apache-2.0
#include "catalog/common_words.h"

#include <array>

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;

constexpr std::array kCommonWords{
    "The"sv,        "Of"sv,        "And"sv,        "You"sv,        "In"sv,         "Love"sv,
    "To"sv,         "Me"sv,        "A"sv,          "My"sv,         "I"sv,          "On"sv,
    "Your"sv,       "For"sv,       "It"sv,         "Is"sv,         "No"sv,         "Night"sv,
    "Time"sv,       "Life"sv,      "World"sv,      "Day"sv,        "Heart"sv,      "Man"sv,
    "All"sv,        "Be"sv,        "One"sv,        "Up"sv,         "Dance"sv,      "Music"sv,
    "Live"sv,       "Girl"sv,      "With"sv,       "Blue"sv,       "Down"sv,       "Black"sv,
    "Baby"sv,       "Song"sv,      "Dream"sv,      "From"sv,       "Way"sv,        "Back"sv,
    "Good"sv,       "Go"sv,        "Little"sv,     "Home"sv,       "Old"sv,        "House"sv,
    "Sun"sv,        "New"sv,       "Big"sv,        "Light"sv,      "Never"sv,      "Soul"sv,
    "Don't"sv,      "Are"sv,       "What"sv,       "We"sv,         "At"sv,         "This"sv,
    "Red"sv,        "Out"sv,       "Like"sv,       "Fire"sv,       "Come"sv,       "Rain"sv,
    "Get"sv,        "Blues"sv,     "Let"sv,        "I'm"sv,        "Moon"sv,       "Star"sv,
    "Eyes"sv,       "Away"sv,      "Sky"sv,        "Rock"sv,       "People"sv,     "Do"sv,
    "So"sv,         "Just"sv,      "Summer"sv,     "White"sv,      "Now"sv,        "Again"sv,
    "Not"sv,        "River"sv,     "Street"sv,     "Long"sv,       "Dead"sv,       "Wild"sv,
    "City"sv,       "Lost"sv,      "Last"sv,       "Road"sv,       "Boy"sv,        "Time's"sv,
    "Sea"sv,        "Dark"sv,      "Here"sv,       "Over"sv,       "Man's"sv,      "Dreams"sv,
    "Beautiful"sv,  "Golden"sv,    "Sweet"sv,      "Lonely"sv,     "Lady"sv,       "Two"sv,
    "Angel"sv,      "Water"sv,     "Morning"sv,    "Feel"sv,       "Take"sv,       "Into"sv,
    "Hold"sv,       "Say"sv,       "How"sv,        "Tonight"sv,    "If"sv,         "Green"sv,
    "True"sv,       "Ever"sv,      "First"sv,      "More"sv,       "Christmas"sv,  "Hand"sv,
    "Mind"sv,       "High"sv,      "Free"sv,       "Best"sv,       "Make"sv,       "End"sv,
    "Deep"sv,       "Been"sv,      "Have"sv,       "Off"sv,        "Crazy"sv,      "Power"sv,
    "Things"sv,     "Party"sv,     "Know"sv,       "Got"sv,        "Than"sv,       "Want"sv,
    "Friend"sv,     "Machine"sv,   "Face"sv,       "Stay"sv,       "Call"sv,       "Ghost"sv,
    "Through"sv,    "Magic"sv,     "Under"sv,      "Stone"sv,      "Silver"sv,     "Winter"sv,
    "Wind"sv,       "Space"sv,     "Too"sv,        "Only"sv,       "Sound"sv,      "Happy"sv,
    "Hard"sv,       "Kiss"sv,      "Run"sv,        "Bad"sv,        "Cold"sv,       "Hot"sv,
    "Blood"sv,      "Bird"sv,      "Country"sv,    "Train"sv,      "Young"sv,      "Broken"sv,
    "Her"sv,        "His"sv,       "She"sv,        "He"sv,         "Gone"sv,       "Cry"sv,
    "Wish"sv,       "Mother"sv,    "Mary"sv,       "Ocean"sv,      "Mountain"sv,   "Fall"sv,
    "Rose"sv,       "Flower"sv,    "Tree"sv,       "Devil"sv,      "God"sv,        "Heaven"sv,
    "Hell"sv,       "King"sv,      "Queen"sv,      "Prince"sv,     "Child"sv,      "Children"sv,
    "Father"sv,     "Brother"sv,   "Sister"sv,     "Family"sv,     "Stranger"sv,   "Enemy"sv,
    "Lover"sv,      "Dancer"sv,    "Singer"sv,     "Soldier"sv,    "Hero"sv,       "Fool"sv,
    "Joker"sv,      "Gypsy"sv,     "Sailor"sv,     "Pilot"sv,      "Walking"sv,    "Running"sv,
    "Falling"sv,    "Dancing"sv,   "Dreaming"sv,   "Waiting"sv,    "Burning"sv,    "Flying"sv,
    "Living"sv,     "Dying"sv,     "Singing"sv,    "Calling"sv,    "Looking"sv,    "Talking"sv,
    "Rolling"sv,    "Rising"sv,    "Shining"sv,    "Crying"sv,     "Leaving"sv,    "Sleeping"sv,
    "Paris"sv,      "London"sv,    "Berlin"sv,     "Tokyo"sv,      "Rome"sv,       "Texas"sv,
    "California"sv, "Africa"sv,    "America"sv,    "Moscow"sv,     "Vienna"sv,     "Brazil"sv,
    "Havana"sv,     "Memphis"sv,   "Chicago"sv,    "Detroit"sv,    "Jamaica"sv,    "Tennessee"sv,
    "Arizona"sv,    "Manhattan"sv, "Brooklyn"sv,   "Seven"sv,      "Three"sv,      "Four"sv,
    "Five"sv,       "Ten"sv,       "Hundred"sv,    "Thousand"sv,   "Million"sv,    "Zero"sv,
    "Eleven"sv,     "Nine"sv,      "Six"sv,        "Eight"sv,      "Twelve"sv,     "Second"sv,
    "Third"sv,      "Half"sv,      "Double"sv,     "Single"sv,     "Twice"sv,      "Monday"sv,
    "Tuesday"sv,    "Friday"sv,    "Saturday"sv,   "Sunday"sv,     "January"sv,    "April"sv,
    "May"sv,        "June"sv,      "July"sv,       "August"sv,     "September"sv,  "October"sv,
    "November"sv,   "December"sv,  "Spring"sv,     "Autumn"sv,     "Midnight"sv,   "Noon"sv,
    "Dawn"sv,       "Dusk"sv,      "Evening"sv,    "Yesterday"sv,  "Tomorrow"sv,   "Forever"sv,
    "Always"sv,     "Someday"sv,   "Sometimes"sv,  "Maybe"sv,      "Electric"sv,   "Plastic"sv,
    "Velvet"sv,     "Crystal"sv,   "Iron"sv,       "Steel"sv,      "Glass"sv,      "Paper"sv,
    "Diamond"sv,    "Pearl"sv,     "Neon"sv,       "Atomic"sv,     "Cosmic"sv,     "Solar"sv,
    "Lunar"sv,      "Digital"sv,   "Analog"sv,     "Modern"sv,     "Ancient"sv,    "Future"sv,
    "Past"sv,       "Secret"sv,    "Hidden"sv,     "Silent"sv,     "Quiet"sv,      "Loud"sv,
    "Perfect"sv,    "Simple"sv,    "Strange"sv,    "Funny"sv,      "Sad"sv,        "Lovely"sv,
    "Pretty"sv,     "Ugly"sv,      "Tiny"sv,       "Giant"sv,      "Heavy"sv,      "Empty"sv,
    "Full"sv,       "Open"sv,      "Closed"sv,     "Naked"sv,      "Sacred"sv,     "Holy"sv,
    "Evil"sv,       "Innocent"sv,  "Guilty"sv,     "Brave"sv,      "Blind"sv,      "Deaf"sv,
    "Bitter"sv,     "Gentle"sv,    "Tender"sv,     "Door"sv,       "Window"sv,     "Room"sv,
    "Wall"sv,       "Floor"sv,     "Bridge"sv,     "Tower"sv,      "Castle"sv,     "Garden"sv,
    "Forest"sv,     "Desert"sv,    "Island"sv,     "Beach"sv,      "Harbour"sv,    "Village"sv,
    "Station"sv,    "Airport"sv,   "Highway"sv,    "Avenue"sv,     "Corner"sv,     "Circle"sv,
    "Square"sv,     "Line"sv,      "Wheel"sv,      "Engine"sv,     "Motor"sv,      "Radio"sv,
    "Television"sv, "Telephone"sv, "Camera"sv,     "Mirror"sv,     "Shadow"sv,     "Picture"sv,
    "Painting"sv,   "Letter"sv,    "Book"sv,       "Story"sv,      "Page"sv,       "Word"sv,
    "Poem"sv,       "Rhyme"sv,     "Lullaby"sv,    "Serenade"sv,   "Symphony"sv,   "Sonata"sv,
    "Concerto"sv,   "Waltz"sv,     "Tango"sv,      "Samba"sv,      "Bolero"sv,     "March"sv,
    "Overture"sv,   "Prelude"sv,   "Nocturne"sv,   "Fantasy"sv,    "Variations"sv, "Suite"sv,
    "Quartet"sv,    "Trio"sv,      "Sessions"sv,   "Anthology"sv,  "Collection"sv, "Selection"sv,
    "Essential"sv,  "Complete"sv,  "Works"sv,      "Volume"sv,     "Part"sv,       "Chapter"sv,
    "Edition"sv,    "Mix"sv,       "Remix"sv,      "Version"sv,    "Theme"sv,      "Original"sv,
    "Classic"sv,    "Tribute"sv,   "Journey"sv,    "Voyage"sv,     "Adventure"sv,  "Return"sv,
    "Escape"sv,     "Arrival"sv,   "Departure"sv,  "Beginning"sv,  "Thunder"sv,    "Lightning"sv,
    "Storm"sv,      "Snow"sv,      "Ice"sv,        "Cloud"sv,      "Rainbow"sv,    "Sunrise"sv,
    "Sunset"sv,     "Horizon"sv,   "Planet"sv,     "Galaxy"sv,     "Universe"sv,   "Comet"sv,
    "Gravity"sv,    "Orbit"sv,     "Signal"sv,     "Frequency"sv,  "Wave"sv,       "Pulse"sv,
    "Rhythm"sv,     "Beat"sv,      "Groove"sv,     "Funk"sv,       "Jazz"sv,       "Swing"sv,
    "Disco"sv,      "Techno"sv,    "Trance"sv,     "Metal"sv,      "Punk"sv,       "Reggae"sv,
    "Dub"sv,        "Bass"sv,      "Drum"sv,       "Guitar"sv,     "Piano"sv,      "Violin"sv,
    "Trumpet"sv,    "Saxophone"sv, "Organ"sv,      "Voice"sv,      "Choir"sv,      "Band"sv,
    "Orchestra"sv,  "Club"sv,      "Society"sv,    "Project"sv,    "System"sv,     "Theory"sv,
    "Factory"sv,    "Company"sv,   "Union"sv,      "Army"sv,       "Nation"sv,     "Republic"sv,
    "Empire"sv,     "Kingdom"sv,   "Temple"sv,     "Church"sv,     "Cathedral"sv,  "Prison"sv,
    "School"sv,     "Hotel"sv,     "Casino"sv,     "Circus"sv,     "Carnival"sv,   "Parade"sv,
    "Festival"sv,   "Theatre"sv,   "Cinema"sv,     "Museum"sv,     "Wolf"sv,       "Lion"sv,
    "Tiger"sv,      "Bear"sv,      "Horse"sv,      "Dog"sv,        "Cat"sv,        "Fox"sv,
    "Rabbit"sv,     "Mouse"sv,     "Snake"sv,      "Spider"sv,     "Butterfly"sv,  "Eagle"sv,
    "Raven"sv,      "Crow"sv,      "Swan"sv,       "Dove"sv,       "Owl"sv,        "Fish"sv,
    "Whale"sv,      "Shark"sv,     "Dragon"sv,     "Unicorn"sv,    "Monster"sv,    "Vampire"sv,
    "Zombie"sv,     "Robot"sv,     "Alien"sv,      "Sugar"sv,      "Honey"sv,      "Coffee"sv,
    "Wine"sv,       "Whiskey"sv,   "Champagne"sv,  "Chocolate"sv,  "Cherry"sv,     "Apple"sv,
    "Orange"sv,     "Lemon"sv,     "Strawberry"sv, "Banana"sv,     "Cream"sv,      "Butter"sv,
    "Bread"sv,      "Salt"sv,      "Pepper"sv,     "Spice"sv,      "Smoke"sv,      "Dust"sv,
    "Ash"sv,        "Sand"sv,      "Mud"sv,        "Oil"sv,        "Gold"sv,       "Money"sv,
    "Dollar"sv,     "Penny"sv,     "Fortune"sv,    "Luck"sv,       "Chance"sv,     "Game"sv,
    "Card"sv,       "Dice"sv,      "Bullet"sv,     "Gun"sv,        "Knife"sv,      "Sword"sv,
    "Arrow"sv,      "Bomb"sv,      "War"sv,        "Peace"sv,      "Freedom"sv,    "Justice"sv,
    "Truth"sv,      "Lies"sv,      "Promise"sv,    "Faith"sv,      "Hope"sv,       "Trust"sv,
    "Fear"sv,       "Pain"sv,      "Joy"sv,        "Anger"sv,      "Pride"sv,      "Shame"sv,
    "Desire"sv,     "Passion"sv,   "Pleasure"sv,   "Fever"sv,      "Madness"sv,    "Memory"sv,
    "Silence"sv,    "Mystery"sv,   "Miracle"sv,    "Destiny"sv,    "Eternity"sv,   "Infinity"sv,
    "Paradise"sv,   "Babylon"sv,   "Eden"sv,       "Zion"sv,       "Wonderland"sv, "About"sv,
    "After"sv,      "Against"sv,   "Around"sv,     "Before"sv,     "Behind"sv,     "Beyond"sv,
    "Between"sv,    "Without"sv,   "Within"sv,     "Across"sv,     "Along"sv,      "Inside"sv,
    "Outside"sv,    "Above"sv,     "Below"sv,      "Near"sv,       "Far"sv,        "Left"sv,
    "Right"sv,      "Every"sv,     "Everybody"sv,  "Everything"sv, "Nobody"sv,     "Nothing"sv,
    "Somebody"sv,   "Something"sv, "Someone"sv,    "Anyone"sv,     "Who"sv,        "When"sv,
    "Where"sv,      "Why"sv,       "Which"sv,      "While"sv,      "Until"sv,      "Because"sv,
    "Can"sv,        "Can't"sv,     "Won't"sv,      "Will"sv,       "Would"sv,      "Could"sv,
    "Should"sv,     "Must"sv,      "Shall"sv,      "Ain't"sv,      "Gonna"sv,      "Wanna"sv,
    "Gotta"sv,      "Tell"sv,      "Give"sv,       "Show"sv,       "Find"sv,       "Keep"sv,
    "Leave"sv,      "Turn"sv,      "Move"sv,       "Play"sv,       "Sing"sv,       "Jump"sv,
    "Shake"sv,      "Ride"sv,      "Drive"sv,      "Fly"sv,        "Swim"sv,       "Climb"sv,
    "Fight"sv,      "Break"sv,     "Build"sv,      "Burn"sv,       "Believe"sv,    "Remember"sv,
    "Forget"sv,     "Forgive"sv,   "Listen"sv,     "Watch"sv,      "Wait"sv,       "Work"sv,
    "Sleep"sv,      "Wake"sv,      "Breathe"sv,    "Touch"sv,      "Taste"sv,      "Smell"sv,
    "See"sv,        "Hear"sv,      "Think"sv,      "Wonder"sv,     "Imagine"sv,    "Surrender"sv,
    "Follow"sv,     "Rule"sv,      "Save"sv,       "Steal"sv,      "Lose"sv,       "Win"sv,
    "Rescue"sv,
};

constexpr std::array kFirstNames{
    "John"sv,     "Paul"sv,    "David"sv,    "Michael"sv,   "Peter"sv,    "James"sv,   "Robert"sv,
    "George"sv,   "Thomas"sv,  "Frank"sv,    "Charlie"sv,   "Bob"sv,      "Jim"sv,     "Joe"sv,
    "Tom"sv,      "Steve"sv,   "Mike"sv,     "Mark"sv,      "Chris"sv,    "Tony"sv,    "Billy"sv,
    "Johnny"sv,   "Jimmy"sv,   "Eddie"sv,    "Bobby"sv,     "Ray"sv,      "Roy"sv,     "Sam"sv,
    "Ben"sv,      "Max"sv,     "Jack"sv,     "Harry"sv,     "Henry"sv,    "Louis"sv,   "Charles"sv,
    "Richard"sv,  "William"sv, "Martin"sv,   "Andy"sv,      "Daniel"sv,   "Alex"sv,    "Simon"sv,
    "Stefan"sv,   "Klaus"sv,   "Hans"sv,     "Jürgen"sv,    "Wolfgang"sv, "Günther"sv, "Dieter"sv,
    "Karl"sv,     "Heinz"sv,   "Werner"sv,   "Jean"sv,      "Pierre"sv,   "Jacques"sv, "Michel"sv,
    "François"sv, "André"sv,   "René"sv,     "Claude"sv,    "Serge"sv,    "Marcel"sv,  "Giuseppe"sv,
    "Mario"sv,    "Franco"sv,  "Luigi"sv,    "Carlo"sv,     "Gianni"sv,   "Antonio"sv, "José"sv,
    "Juan"sv,     "Carlos"sv,  "Manuel"sv,   "Luis"sv,      "Miguel"sv,   "Pedro"sv,   "João"sv,
    "Roberto"sv,  "Sergey"sv,  "Vladimir"sv, "Igor"sv,      "Ivan"sv,     "Jan"sv,     "Piotr"sv,
    "Erik"sv,     "Lars"sv,    "Björn"sv,    "Sven"sv,      "Jørgen"sv,   "Åke"sv,     "Mary"sv,
    "Anna"sv,     "Maria"sv,   "Sarah"sv,    "Linda"sv,     "Barbara"sv,  "Susan"sv,   "Julie"sv,
    "Nina"sv,     "Ella"sv,    "Billie"sv,   "Dinah"sv,     "Nancy"sv,    "Diana"sv,   "Donna"sv,
    "Patti"sv,    "Judy"sv,    "Joan"sv,     "Carole"sv,    "Laura"sv,    "Eva"sv,     "Lisa"sv,
    "Monika"sv,   "Petra"sv,   "Brigitte"sv, "Françoise"sv, "Sylvie"sv,   "Édith"sv,   "Mina"sv,
    "Rita"sv,     "Gianna"sv,  "Lucía"sv,    "Carmen"sv,    "Elena"sv,    "Olga"sv,    "Natalia"sv,
    "Ingrid"sv,   "Astrid"sv,  "Agnes"sv,    "Kirsten"sv,   "Yoko"sv,     "Akiko"sv,   "Hiroshi"sv,
    "Kenji"sv,    "Keiko"sv,   "Ryuichi"sv,  "Haruomi"sv,
};

constexpr std::array kStockTitles{
    "Greatest Hits"sv,
    "Live"sv,
    "The Best Of"sv,
    "Untitled"sv,
    "Untitled EP"sv,
    "The Collection"sv,
    "Remixes"sv,
    "Demo"sv,
    "Gold"sv,
    "The Very Best Of"sv,
    "Best Of"sv,
    "Unplugged"sv,
    "Collection"sv,
    "Anthology"sv,
    "Live In Concert"sv,
    "The Album"sv,
    "Christmas"sv,
    "Promo"sv,
    "First"sv,
    "Two"sv,
    "II"sv,
    "III"sv,
    "Debut"sv,
    "Singles"sv,
    "Rarities"sv,
    "Hits"sv,
    "The Singles"sv,
    "Live At The BBC"sv,
    "In Concert"sv,
    "Self Titled"sv,
    "20 Greatest Hits"sv,
    "Golden Hits"sv,
    "The Essential"sv,
    "Best"sv,
    "The Ultimate Collection"sv,
    "Homecoming"sv,
    "Reflections"sv,
    "Changes"sv,
    "Home"sv,
    "One"sv,
};

constexpr std::array kTitleAdditions{
    "Remixes"sv,
    "Live"sv,
    "Original Soundtrack"sv,
    "Remix"sv,
    "Part 1"sv,
    "Part 2"sv,
    "Extended Version"sv,
    "The Remixes"sv,
    "Original Motion Picture Soundtrack"sv,
    "Deluxe Edition"sv,
    "Instrumental"sv,
    "Radio Edit"sv,
    "Expanded Edition"sv,
    "Volume One"sv,
    "Original Mix"sv,
    "Dub Mix"sv,
    "Club Mix"sv,
    "Special Edition"sv,
    "Demo"sv,
    "Acoustic"sv,
};

constexpr std::array kRoles{
    "Written-By"sv,     "Written-By"sv,
    "Written-By"sv,     "Written-By"sv,
    "Producer"sv,       "Producer"sv,
    "Composed By"sv,    "Vocals"sv,
    "Music By"sv,       "Remix"sv,
    "Lyrics By"sv,      "Guitar"sv,
    "Drums"sv,          "Bass"sv,
    "Mastered By"sv,    "Lead Vocals"sv,
    "Engineer"sv,       "Arranged By"sv,
    "Mixed By"sv,       "Backing Vocals"sv,
    "Piano"sv,          "Recorded By"sv,
    "Keyboards"sv,      "Design"sv,
    "Photography By"sv, "Liner Notes"sv,
    "Percussion"sv,     "Saxophone"sv,
    "Trumpet"sv,        "Violin"sv,
    "Conductor"sv,      "Executive-Producer"sv,
    "Lacquer Cut By"sv, "Producer, Written-By"sv,
    "Artwork"sv,        "Synthesizer"sv,
    "Guitar, Vocals"sv, "Recorded By, Mixed By"sv,
};

constexpr std::array kJoins{
    ","sv,   ","sv, ","sv,     ","sv,         "/"sv,    "&"sv,   "&"sv,
    "And"sv, "-"sv, "Feat."sv, "Featuring"sv, "With"sv, "vs."sv, "•"sv,
};

} // namespace

std::span<const std::string_view> common_words() {
    return kCommonWords;
}

std::span<const std::string_view> first_names() {
    return kFirstNames;
}

std::span<const std::string_view> stock_titles() {
    return kStockTitles;
}

std::span<const std::string_view> title_additions() {
    return kTitleAdditions;
}

std::span<const std::string_view> roles() {
    return kRoles;
}

std::span<const std::string_view> joins() {
    return kJoins;
}

} // namespace spindle::bench
